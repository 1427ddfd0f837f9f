import type { EventContext, IndicatorIdentity, IndicatorKind, Origin, Testimony } from '@misp-pipeline/core';

/** Why a filter stopped what an attribute says. */
export interface Stopped {
  /** Id of the filter in the config. */
  readonly filter: string;
  /** Such as `tlp:red` or `warninglist:<slug>`. */
  readonly reason: string;
  /** Such as the entry of the warninglist that matched. */
  readonly detail: string | undefined;
}

/**
 * What one attribute says of an indicator, and what became of it. Attributes are kept apart, since each has a label of its
 * own: who may not see one must not learn of it from what the others say together.
 */
export interface KnownOrigin extends Omit<Origin, 'event'>, Testimony {
  readonly event: Omit<EventContext, 'link'>;
  /** Undefined when it passed the filters that every indicator passes. */
  readonly stopped: Stopped | undefined;
  /** Exporters whose own filters stopped it. */
  readonly stoppedFor: Readonly<Record<string, Stopped>>;
}

/** A place in an artefact where an indicator stands. */
export interface KnownArtefact {
  readonly exporter: string;
  /** Path below the exporter's `current`. */
  readonly file: string;
  /** How the engine names it, such as `sid 1234`. */
  readonly id: string | undefined;
}

/** Everything that a pipeline knows of one indicator, published or not. */
export interface KnownIndicator extends IndicatorIdentity {
  /** At least one. */
  readonly origins: readonly KnownOrigin[];
  readonly artefacts: readonly KnownArtefact[];
}

/**
 * How an indicator of the index covers a value that was asked for: it is the value, the host of the URL that was asked for,
 * a domain above a host name, or a network around an address.
 */
export type Relation = 'exact' | 'host' | 'parent-domain' | 'inside-range';

export interface Match {
  readonly relation: Relation;
  readonly indicator: KnownIndicator;
}

/** What is asked for: canonical readings of a value, as `candidatesOf` of the MISP package gives them. */
export interface Query {
  readonly kind: IndicatorKind;
  readonly value: string;
}

/** What an index was made from. */
export interface Snapshot {
  /** Differs between any two snapshots. */
  readonly id: string;
  readonly pipeline: string;
  /** ISO 8601. */
  readonly built: string;
  /** The release that was live when it was built; undefined when nothing was. */
  readonly release: number | undefined;
  readonly indicators: number;
}

/**
 * An index that can be asked. One call answers from one snapshot; another process may put a new snapshot in its place at any
 * time, which the next call sees.
 */
export interface LookupIndex {
  /** The snapshot that answers now. Throws when there is none, or the store cannot be reached. */
  snapshot(): Promise<Snapshot>;
  /**
   * For each list of readings of one value, everything that covers it: the value itself in any direction and with any port,
   * domains above a host name (also that of a URL), and networks around an address. In the order of the queries.
   */
  find(queries: readonly (readonly Query[])[]): Promise<(readonly Match[])[]>;
  close(): Promise<void>;
}

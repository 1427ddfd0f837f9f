/**
 * What became of a value. An unpublished one stands in the files of a run that published nothing; a withdrawn one is not
 * vouched for any more.
 */
export const STATES = ['exported', 'unpublished', 'dropped', 'skipped', 'rejected', 'withdrawn'] as const;

export type State = (typeof STATES)[number];

/** One line of the list that the page searches: a value and what became of it at one stage, for one reason. */
export interface Row {
  readonly state: State;
  /** Kind of the indicator; empty for a record that became none. */
  readonly kind: string;
  readonly value: string;
  readonly reason: string;
  /** What matched, or where the record stands. */
  readonly detail: string;
  /** The source, filter or exporter that decided; empty for what was exported. */
  readonly stage: string;
  /** Title of the first event that vouches for it. */
  readonly event: string;
  /** Organisations of all its events. */
  readonly org: string;
  readonly tlp: string;
  /** Exporters that have it, or that could not express it. */
  readonly exporters: readonly string[];
  /** Records or indicators that the row stands for; an indicator counts once for each exporter. */
  readonly count: number;
}

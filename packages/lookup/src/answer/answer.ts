import type { Direction, IndicatorKind, Severity, Tlp } from '@misp-pipeline/core';
import type { KnownArtefact, KnownOrigin, Relation } from '../known.ts';

/**
 * `live`: stands in an artefact; `known`: passed the filters of every indicator, but stands in none; `dropped`: the filters
 * stopped all that is said of it; `absent`: nothing is known, or nothing that may be told.
 */
export type Verdict = 'live' | 'known' | 'dropped' | 'absent';

/** What several attributes say together. */
export interface Summary {
  /** The strictest label; undefined when none of them has one. */
  readonly tlp: Tlp | undefined;
  readonly tags: readonly string[];
  /** ATT&CK technique ids. */
  readonly techniques: readonly string[];
  /** The highest. */
  readonly severity: Severity;
  /** The highest, 0 to 100. */
  readonly confidence: number | undefined;
  /** Unix seconds. */
  readonly firstSeen: number | undefined;
  /** Unix seconds. */
  readonly lastSeen: number | undefined;
  /** When one of them last changed, in Unix seconds. */
  readonly updated: number | undefined;
  /** Ids of sources in the config. */
  readonly sources: readonly string[];
  readonly organisations: readonly string[];
  readonly events: number;
  readonly attributes: number;
}

/** A warninglist that an indicator is on. */
export interface WarninglistHit {
  /** Folder name of the list, such as `alexa`. */
  readonly list: string;
  /** The entry that matched and how; undefined when the filter let the indicator pass and only tagged it. */
  readonly detail: string | undefined;
}

/** An indicator that covers the value that was asked for, without anything that may not be told. */
export interface AnsweredIndicator {
  readonly relation: Relation;
  readonly kind: IndicatorKind;
  readonly value: string;
  readonly direction: Direction | undefined;
  readonly port: number | undefined;
  readonly verdict: Exclude<Verdict, 'absent'>;
  readonly summary: Summary;
  readonly warninglists: readonly WarninglistHit[];
  readonly artefacts: readonly KnownArtefact[];
  readonly origins: readonly KnownOrigin[];
}

/** All that may be told of a value. */
export interface Answer {
  /** As it was asked for. */
  readonly value: string;
  /** Canonical texts that it was read as. */
  readonly readings: readonly string[];
  /** The first of `live`, `known` and `dropped` that holds for one of the indicators. */
  readonly verdict: Verdict;
  /** Over all indicators; undefined when there are none. */
  readonly summary: Summary | undefined;
  readonly indicators: readonly AnsweredIndicator[];
}

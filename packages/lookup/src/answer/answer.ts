import type { IndicatorIdentity, Testimony } from '@misp-pipeline/core';
import type { KnownArtefact, KnownOrigin, Relation } from '../known.ts';

/**
 * `live`: stands in an artefact; `known`: passed the filters of every indicator, but stands in none; `dropped`: the filters
 * stopped all that is said of it; `absent`: nothing is known, or nothing that may be told.
 */
export type Verdict = 'live' | 'known' | 'dropped' | 'absent';

/** What several attributes say together: the strictest label, the highest severity and confidence, the widest time. */
export interface Summary extends Testimony {
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
export interface AnsweredIndicator extends IndicatorIdentity {
  readonly relation: Relation;
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

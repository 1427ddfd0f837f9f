import type { AnsweredIndicator, KnownArtefact, KnownOrigin, Relation, Verdict } from '@misp-pipeline/lookup';
import type { Observed } from '../alert.ts';

/** An indicator that covers a value of an alert. Texts are cut off at {@link LONGEST_TEXT} characters. */
export interface AnnotatedMatch {
  /** Where the value stands in the alert, such as `dns.query.rrname`. */
  readonly field: string;
  /** As the engine wrote it. */
  readonly observed: string;
  readonly relation: Relation;
  readonly kind: string;
  readonly value: string;
  readonly verdict: AnsweredIndicator['verdict'];
  /** Left out where no attribute has a label. */
  readonly tlp?: string | undefined;
  readonly severity: string;
  readonly tags: readonly string[];
  readonly events: readonly KnownOrigin['event'][];
  readonly artefacts: readonly KnownArtefact[];
}

/** What is added to an alert, under {@link ANNOTATION_KEY}. */
export interface Annotation {
  readonly verdict: Exclude<Verdict, 'absent'>;
  readonly matches: readonly AnnotatedMatch[];
  /** Whether more is known than is listed. */
  readonly shortened: boolean;
}

export const ANNOTATION_KEY = 'misp';

/** A value of an alert with an indicator that covers it. */
export interface Hit {
  readonly observed: Observed;
  readonly indicator: AnsweredIndicator;
}

/** Matches of an annotation. */
const MOST_MATCHES = 10;
/** Tags of a match. */
const MOST_TAGS = 16;
/** Events, and artefacts, of a match. */
const MOST_OF_EACH = 5;
const LONGEST_TEXT = 256;
/** Characters of all matches of an annotation together. */
const LONGEST_MATCHES = 32 * 1024;

const BY_WEIGHT: readonly Annotation['verdict'][] = ['live', 'known', 'dropped'];

/** What is added to an alert that shows these values: the weightiest first. Undefined when nothing is known. */
export function annotationOf(hits: readonly Hit[]): Annotation | undefined {
  const distinct = [...new Map(hits.map((hit) => [keyOf(hit), hit])).values()];
  const weighed = BY_WEIGHT.flatMap((verdict) => distinct.filter(({ indicator }) => indicator.verdict === verdict));
  const [first] = weighed;
  if (first === undefined) return undefined;
  const listed = weighed.slice(0, MOST_MATCHES);
  const matches = withinLength(listed.map(matchOf));
  const shortened = matches.length < weighed.length || listed.some(({ indicator }) => isShortened(indicator));
  return { verdict: first.indicator.verdict, matches, shortened };
}

function keyOf({ observed, indicator }: Hit): string {
  return JSON.stringify([observed.value, indicator.kind, indicator.value, indicator.direction, indicator.port]);
}

function matchOf({ observed, indicator }: Hit): AnnotatedMatch {
  const { relation, kind, value, verdict, summary, artefacts } = indicator;
  return {
    ...{ field: observed.field, observed: cut(observed.value), relation, kind, value: cut(value), verdict },
    ...{ tlp: summary.tlp, severity: summary.severity, tags: summary.tags.slice(0, MOST_TAGS).map(cut) },
    events: eventsOf(indicator)
      .slice(0, MOST_OF_EACH)
      .map(({ uuid, title, org, date }) => ({ uuid: cut(uuid), title: cut(title), org: cut(org), date: cut(date) })),
    artefacts: artefacts.slice(0, MOST_OF_EACH),
  };
}

function eventsOf({ origins }: AnsweredIndicator): readonly KnownOrigin['event'][] {
  return [...new Map(origins.map(({ event }) => [event.uuid, event])).values()];
}

function isShortened(indicator: AnsweredIndicator): boolean {
  const { summary, artefacts } = indicator;
  return summary.tags.length > MOST_TAGS || artefacts.length > MOST_OF_EACH || summary.events > MOST_OF_EACH;
}

/** The first matches that have room. The first one always has, since everything in it is bounded. */
function withinLength(matches: readonly AnnotatedMatch[]): readonly AnnotatedMatch[] {
  let length = 0;
  return matches.filter((match) => {
    length += JSON.stringify(match).length;
    return length <= LONGEST_MATCHES;
  });
}

function cut(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}...`;
}

import type { IndicatorIdentity } from '@misp-pipeline/core';
import type { KnownIndicator, LookupIndex, Match } from '@misp-pipeline/lookup';
import type { Alert, Observed } from '../alert.ts';
import { fits, readingsOf } from '../observed.ts';
import { type Question, Remembered } from '../remembered.ts';
import type { OurRule } from '../rules/our-rules.ts';

/** An attribute that was seen. */
export interface SeenAttribute {
  /** Id of the source that gave it. */
  readonly source: string;
  /** UUID. */
  readonly attribute: string;
}

/** What became of an alert: the attributes that it saw, or why there are none. */
export type Mapping =
  | { readonly seen: readonly SeenAttribute[] }
  | { readonly unmapped: 'host-only' | 'not-in-index' | 'filtered-out' };

/** An alert with the rule that raised it. */
export interface OurAlert {
  readonly alert: Alert;
  readonly rule: OurRule;
}

/** A question to the index, and which answers count. */
interface AlertQuestion extends Question {
  readonly counts: (known: KnownIndicator) => boolean;
}

/** Most answers of the index that are remembered. */
const REMEMBERED = 50_000;

/** Finds the attributes behind alerts in the index. */
export class Mapper {
  readonly #answers: Remembered<AlertQuestion, readonly Match[]>;

  constructor(index: LookupIndex) {
    this.#answers = new Remembered(index, REMEMBERED, (_question, _readings, matches) => matches);
  }

  async map(alerts: readonly OurAlert[]): Promise<readonly Mapping[]> {
    const asked = alerts.map((ours) => questionsOf(ours));
    await this.#answers.learn(asked.flat());
    return alerts.map(({ rule }, i) => this.#mapping(rule, asked[i] ?? []));
  }

  #mapping(rule: OurRule, questions: readonly AlertQuestion[]): Mapping {
    if (rule.meaning.says === 'host') return { unmapped: 'host-only' };
    const matches = questions.flatMap((question) =>
      (this.#answers.of(question) ?? []).filter(({ indicator }) => question.counts(indicator)),
    );
    const closest = closestOf(matches);
    if (closest.length === 0) return { unmapped: 'not-in-index' };
    const seen = new Map(
      closest.flatMap(({ indicator }) => seenOf(indicator, rule)).map((one) => [`${one.source} ${one.attribute}`, one]),
    );
    return seen.size === 0 ? { unmapped: 'filtered-out' } : { seen: [...seen.values()] };
  }
}

/** A name that is listed itself was meant itself, whatever else is known of the domains above it. */
function closestOf(matches: readonly Match[]): readonly Match[] {
  const exact = matches.filter(({ relation }) => relation === 'exact');
  return exact.length > 0 ? exact : matches;
}

/** Attributes that got through the filters; a rule was made of no others. */
function seenOf({ origins }: KnownIndicator, { exporter = '' }: OurRule): readonly SeenAttribute[] {
  return origins
    .filter(({ stopped, stoppedFor }) => stopped === undefined && !Object.hasOwn(stoppedFor, exporter))
    .map(({ source, attribute }) => ({ source, attribute }));
}

function questionsOf({ alert, rule: { meaning } }: OurAlert): readonly AlertQuestion[] {
  if (meaning.says === 'host') return [];
  if (meaning.says === 'indicator') {
    return meaning.readings.map((named) => ({
      key: `${named.kind}:${named.value}`,
      readings: () => [{ kind: named.kind, value: named.value }],
      counts: (known) => isNamed(known, named),
    }));
  }
  return saidOf(alert).map((observed) => ({
    key: `${observed.sight} ${observed.value}`,
    readings: () => readingsOf(observed),
    counts: (known) => (meaning.kind === undefined || known.kind === meaning.kind) && fits(known, observed),
  }));
}

function isNamed(known: KnownIndicator, { kind, value, direction, port }: IndicatorIdentity): boolean {
  return known.kind === kind && known.value === value && known.direction === direction && known.port === port;
}

/** A description of Wazuh repeats the values that were looked up; only where it repeats none, any may be meant. */
function saidOf({ engine, says, observed }: Alert): readonly Observed[] {
  if (engine === 'suricata') return observed;
  const repeated = observed.filter(({ value, said = value }) => says.includes(said));
  return repeated.length > 0 ? repeated : observed;
}

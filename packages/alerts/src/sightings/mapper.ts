import type { IndicatorIdentity, IndicatorKind } from '@misp-pipeline/core';
import { coverOf, type KnownIndicator, type LookupIndex, type Match, type Query } from '@misp-pipeline/lookup';
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

/**
 * Why an alert saw no attribute. `host-only`: its rule sees the host of a URL alone; `value-not-in-alert`: it holds no value of
 * the kind that its rule looks up, such as only the SHA-256 of a file whose MD5 is listed; `not-in-index`: the index does not
 * know what it saw; `filtered-out`: filters stopped all that is said of it.
 */
export type UnmappedReason = 'host-only' | 'value-not-in-alert' | 'not-in-index' | 'filtered-out';

/** What became of an alert: the attributes that it saw, or why there are none. */
export type Mapping = { readonly seen: readonly SeenAttribute[] } | { readonly unmapped: UnmappedReason };

/** An alert with the rule that raised it. */
export interface OurAlert {
  readonly alert: Alert;
  readonly rule: OurRule;
}

/** A question to the index, and which answers count. */
interface AlertQuestion extends Question {
  readonly counts: (known: KnownIndicator) => boolean;
}

/** What the index said to a question. */
interface Answered {
  readonly readings: readonly Query[];
  readonly matches: readonly Match[];
}

/** Most answers of the index that are remembered. */
const REMEMBERED = 50_000;

/** Finds the attributes behind alerts in the index. */
export class Mapper {
  readonly #answers: Remembered<AlertQuestion, Answered>;

  constructor(index: LookupIndex) {
    this.#answers = new Remembered(index, REMEMBERED, (_question, readings, matches) => ({ readings, matches }));
  }

  async map(alerts: readonly OurAlert[]): Promise<readonly Mapping[]> {
    const asked = alerts.map((ours) => questionsOf(ours));
    await this.#answers.learn(asked.flat());
    return alerts.map(({ rule }, i) => this.#mapping(rule, asked[i] ?? []));
  }

  #mapping(rule: OurRule, questions: readonly AlertQuestion[]): Mapping {
    if (rule.meaning.says === 'host') return { unmapped: 'host-only' };
    const matches = questions.flatMap((question) =>
      (this.#answers.of(question)?.matches ?? []).filter(({ indicator }) => question.counts(indicator)),
    );
    const closest = closestOf(matches);
    if (closest.length === 0)
      return { unmapped: this.#holdsValue(rule, questions) ? 'not-in-index' : 'value-not-in-alert' };
    const seen = new Map(
      closest.flatMap(({ indicator }) => seenOf(indicator, rule)).map((one) => [`${one.source} ${one.attribute}`, one]),
    );
    return seen.size === 0 ? { unmapped: 'filtered-out' } : { seen: [...seen.values()] };
  }

  /** Whether an alert holds a value that its rule can have looked up. */
  #holdsValue({ meaning }: OurRule, questions: readonly AlertQuestion[]): boolean {
    const kind = meaning.says === 'values' ? meaning.kind : undefined;
    return questions.some((question) => mayBeCovered(this.#answers.of(question)?.readings ?? [], kind));
  }
}

/** Networks of one length are enough to tell that a network may lie around an address. */
const ANY_NETWORK = { ipv4: [8], ipv6: [8] };

/** Whether an indicator of a kind, or of any kind when none is given, can cover a value with these readings. */
function mayBeCovered(readings: readonly Query[], kind: IndicatorKind | undefined): boolean {
  if (kind === undefined) return readings.length > 0;
  return [...coverOf(readings, ANY_NETWORK).values()].some((kinds) => kinds.has(kind));
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

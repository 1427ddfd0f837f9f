import type { IndicatorIdentity } from '@misp-pipeline/core';
import type { KnownIndicator, LookupIndex, Match, Query } from '@misp-pipeline/lookup';
import { candidatesOf } from '@misp-pipeline/misp';
import type { Alert, Observed } from '../alert.ts';
import type { OurRule } from '../rules/our-rules.ts';
import { SIGHTS } from '../sights.ts';

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
interface Question {
  /** The same for the same queries. Reading a value takes longer than everything else, so it is done once. */
  readonly key: string;
  readonly queries: () => readonly Query[];
  readonly counts: (known: KnownIndicator) => boolean;
}

/** Most answers of the index that are remembered. */
const REMEMBERED = 50_000;

/** Finds the attributes behind alerts in the index. */
export class Mapper {
  readonly #index: LookupIndex;
  readonly #answers = new Map<string, readonly Match[]>();
  #snapshot = '';

  constructor(index: LookupIndex) {
    this.#index = index;
  }

  async map(alerts: readonly OurAlert[]): Promise<readonly Mapping[]> {
    const asked = alerts.map((ours) => questionsOf(ours));
    await this.#learn(asked.flat());
    return alerts.map(({ rule }, i) => this.#mapping(rule, asked[i] ?? []));
  }

  /** Asks the index what is not remembered. */
  async #learn(questions: readonly Question[]): Promise<void> {
    const { id } = await this.#index.snapshot();
    if (id !== this.#snapshot || this.#answers.size > REMEMBERED) this.#answers.clear();
    this.#snapshot = id;
    const unknown = new Map<string, readonly Query[]>();
    for (const { key, queries } of questions) {
      if (!this.#answers.has(key) && !unknown.has(key)) unknown.set(key, queries());
    }
    if (unknown.size === 0) return;
    const answers = await this.#index.find([...unknown.values()]);
    for (const [i, key] of [...unknown.keys()].entries()) this.#answers.set(key, answers[i] ?? []);
  }

  #mapping(rule: OurRule, questions: readonly Question[]): Mapping {
    if (rule.meaning.says === 'host') return { unmapped: 'host-only' };
    const matches = questions.flatMap(({ key, counts }) =>
      (this.#answers.get(key) ?? []).filter(({ indicator }) => counts(indicator)),
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

function questionsOf({ alert, rule: { meaning } }: OurAlert): readonly Question[] {
  if (meaning.says === 'host') return [];
  if (meaning.says === 'indicator') {
    return meaning.readings.map((named) => ({
      key: `${named.kind}:${named.value}`,
      queries: () => [{ kind: named.kind, value: named.value }],
      counts: (known) => isNamed(known, named),
    }));
  }
  return saidOf(alert).map((observed) => ({
    key: `${observed.sight} ${observed.value}`,
    queries: () => readingsOf(observed),
    counts: (known) => (meaning.kind === undefined || known.kind === meaning.kind) && fits(known, observed),
  }));
}

/** What an observed value can be, in the field in which it stands. */
function readingsOf({ sight, value }: Observed): readonly Query[] {
  const kinds: readonly string[] = SIGHTS[sight];
  return candidatesOf(value).filter(({ kind }) => kinds.includes(kind));
}

function isNamed(known: KnownIndicator, { kind, value, direction, port }: IndicatorIdentity): boolean {
  return known.kind === kind && known.value === value && known.direction === direction && known.port === port;
}

/** Whether an address was seen at the end of the traffic that the indicator is about. */
function fits({ direction, port }: KnownIndicator, observed: Observed): boolean {
  if (observed.sight !== 'address') return true;
  const isSameEnd = direction === undefined || observed.direction === undefined || direction === observed.direction;
  return isSameEnd && (port === undefined || observed.port === undefined || port === observed.port);
}

/** A description of Wazuh repeats the values that were looked up; only where it repeats none, any may be meant. */
function saidOf({ engine, says, observed }: Alert): readonly Observed[] {
  if (engine === 'suricata') return observed;
  const repeated = observed.filter(({ value, said = value }) => says.includes(said));
  return repeated.length > 0 ? repeated : observed;
}

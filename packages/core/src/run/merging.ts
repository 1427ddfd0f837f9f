import { type Indicator, makeIndicator, type Origin, SEVERITIES } from '../indicator.ts';
import { strictestTlp } from '../tlp.ts';

/** What several indicators say of one value. Some values stand in very many events, so adding must stay cheap. */
export class Merging {
  readonly #first: Indicator;
  readonly #companions = new Set<string>();
  readonly #tags = new Set<string>();
  readonly #techniques = new Set<string>();
  readonly #origins: Origin[] = [];
  #latest: Indicator | undefined;
  #tlp: Indicator['tlp'];
  #severity: Indicator['severity'] = 'unknown';
  #confidence: number | undefined;
  #firstSeen: number | undefined;
  #lastSeen: number | undefined;
  #updated: number | undefined;
  #sharedHost = false;

  constructor(first: Indicator) {
    this.#first = first;
    this.add(first);
  }

  add(indicator: Indicator): this {
    const latest = this.#latest;
    // Indicators of one event share their lists, so most additions have nothing new to say.
    if (indicator.companions !== latest?.companions)
      for (const name of indicator.companions) this.#companions.add(name);
    if (indicator.tags !== latest?.tags) for (const tag of indicator.tags) this.#tags.add(tag);
    if (indicator.techniques !== latest?.techniques) for (const id of indicator.techniques) this.#techniques.add(id);
    for (const origin of indicator.origins) this.#origins.push(origin);
    this.#tlp = strictestTlp(this.#tlp, indicator.tlp);
    if (SEVERITIES.indexOf(indicator.severity) > SEVERITIES.indexOf(this.#severity))
      this.#severity = indicator.severity;
    this.#confidence = pick(Math.max, this.#confidence, indicator.confidence);
    this.#firstSeen = pick(Math.min, this.#firstSeen, indicator.firstSeen);
    this.#lastSeen = pick(Math.max, this.#lastSeen, indicator.lastSeen);
    this.#updated = pick(Math.max, this.#updated, indicator.updated);
    this.#sharedHost ||= indicator.sharedHost;
    this.#latest = indicator;
    return this;
  }

  merged(): Indicator {
    const { kind, value, direction, port } = this.#first;
    return makeIndicator({
      ...{ kind, value, direction, port },
      companions: [...this.#companions].sort(),
      tlp: this.#tlp,
      tags: [...this.#tags].sort(),
      techniques: [...this.#techniques].sort(),
      severity: this.#severity,
      confidence: this.#confidence,
      firstSeen: this.#firstSeen,
      lastSeen: this.#lastSeen,
      updated: this.#updated,
      sharedHost: this.#sharedHost,
      origins: distinct(this.#origins),
    });
  }
}

/** An attribute that was handed on twice is one origin. */
function distinct(origins: readonly Origin[]): Origin[] {
  const sorted = [...origins].sort(byOrigin);
  return sorted.filter((origin, i) => i === 0 || byOrigin(sorted[i - 1] as Origin, origin) !== 0);
}

function pick(choose: (a: number, b: number) => number, a?: number, b?: number): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return choose(a, b);
}

function byOrigin(a: Origin, b: Origin): number {
  return (
    compare(a.source, b.source) ||
    compare(a.event.uuid, b.event.uuid) ||
    compare(a.attribute, b.attribute) ||
    compare(a.type, b.type) ||
    compare(a.category, b.category) ||
    compare(a.comment, b.comment)
  );
}

/** Order by code unit, the same on every machine. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

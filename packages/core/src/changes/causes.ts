import { type Indicator, type IndicatorIdentity, indicatorKey } from '../indicator.ts';
import type { RejectedRecord } from '../plugin.ts';
import type { LiveEntries } from './live-entries.ts';

/** Reasons that are kept; beyond, a guard has more to say than the single causes. */
const MOST = 200_000;

/**
 * Notes, while a run is under way, what became of the values that are live. Each source is heard by itself: what one of them
 * says of a value does not explain why another one has it no more.
 */
export class Causes {
  readonly #live: LiveEntries;
  readonly #dropped = new Map<string, string>();
  readonly #rejected = new Map<string, string>();

  constructor(live: LiveEntries) {
    this.#live = live;
  }

  /** A source rejected a record, or said that it was withdrawn. Its text may name several values. */
  rejected(source: string, reason: string, { value }: RejectedRecord): void {
    if (this.#rejected.size >= MOST) return;
    for (const part of [value, ...value.split('|')]) {
      for (const spelling of [part, part.toLowerCase()])
        if (this.#live.hasValue(spelling)) noteFirst(this.#rejected, `${source} ${spelling}`, reason);
    }
  }

  /** A filter dropped an indicator, which has one origin; `exporter` is set for filters of one exporter. */
  dropped(exporter: string | undefined, indicator: Indicator, reason: string): void {
    if (this.#dropped.size >= MOST || !this.#live.hasValue(indicator.value)) return;
    noteFirst(this.#dropped, nameOf(exporter, indicator.origins[0]?.source ?? '', indicator), reason);
  }

  /** What happened to an indicator of a source that an exporter does not carry any more; undefined when nothing was heard. */
  of(key: IndicatorIdentity, exporter: string, source: string): string | undefined {
    return (
      this.#dropped.get(nameOf(exporter, source, key)) ??
      this.#dropped.get(nameOf(undefined, source, key)) ??
      this.#rejected.get(`${source} ${key.value}`)
    );
  }
}

function nameOf(exporter: string | undefined, source: string, key: IndicatorIdentity): string {
  return `${exporter ?? ''} ${source} ${indicatorKey(key)}`;
}

function noteFirst(reasons: Map<string, string>, name: string, reason: string): void {
  if (!reasons.has(name)) reasons.set(name, reason);
}

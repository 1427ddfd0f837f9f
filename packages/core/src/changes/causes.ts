import { type Indicator, indicatorKey } from '../indicator.ts';
import type { RejectedRecord } from '../plugin.ts';
import type { LiveValues } from './live-values.ts';

/** Reasons that are kept; beyond, a guard has more to say than the single causes. */
const MOST = 200_000;

/** An indicator as the history knows it. */
type Key = Pick<Indicator, 'kind' | 'value' | 'direction' | 'port'>;

/** Notes, while a run is under way, what became of the values that are live. */
export class Causes {
  readonly #live: LiveValues;
  readonly #dropped = new Map<string, string>();
  readonly #rejected = new Map<string, string>();

  constructor(live: LiveValues) {
    this.#live = live;
  }

  /** A source rejected a record, or said that it was withdrawn. Its text may name several values. */
  rejected(reason: string, { value }: RejectedRecord): void {
    if (this.#rejected.size >= MOST) return;
    for (const part of [value, ...value.split('|')]) {
      for (const spelling of [part, part.toLowerCase()])
        if (this.#live.has(spelling) && !this.#rejected.has(spelling)) this.#rejected.set(spelling, reason);
    }
  }

  /** A filter dropped an indicator; `exporter` is set for filters of one exporter. */
  dropped(exporter: string | undefined, indicator: Indicator, reason: string): void {
    if (this.#dropped.size >= MOST || !this.#live.has(indicator.value)) return;
    const name = nameOf(exporter, indicator);
    if (!this.#dropped.has(name)) this.#dropped.set(name, reason);
  }

  /** What happened to an indicator that an exporter does not carry any more; undefined when nothing was heard of it. */
  of(key: Key, exporter: string): string | undefined {
    return (
      this.#dropped.get(nameOf(exporter, key)) ??
      this.#dropped.get(nameOf(undefined, key)) ??
      this.#rejected.get(key.value)
    );
  }
}

function nameOf(exporter: string | undefined, key: Key): string {
  return `${exporter ?? ''} ${indicatorKey(key)}`;
}

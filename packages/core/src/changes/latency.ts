import type { Latency } from '../run/report.ts';

/** Upper bounds in seconds: a minute, 5, 15 and 30 minutes, an hour, 3, 6 and 12 hours, a day, a week, 30 days. */
const BOUNDS = [60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000];

/** Adds up how long new indicators took from the last change of their attribute to going live. */
export class LatencyMeter {
  readonly #now: number;
  readonly #counts = BOUNDS.map(() => 0);
  #count = 0;
  #sum = 0;

  /** @param now Unix seconds. */
  constructor(now: number) {
    this.#now = now;
  }

  /** @param updated Unix seconds; an attribute that is dated in the future took no time. */
  add(updated: number): void {
    const seconds = Math.max(0, this.#now - updated);
    this.#count++;
    this.#sum += seconds;
    for (const [i, bound] of BOUNDS.entries()) if (seconds <= bound) this.#counts[i] = (this.#counts[i] ?? 0) + 1;
  }

  latency(): Latency {
    const buckets = BOUNDS.map((le, i) => ({ le, count: this.#counts[i] ?? 0 }));
    return { count: this.#count, sum: this.#sum, buckets };
  }
}

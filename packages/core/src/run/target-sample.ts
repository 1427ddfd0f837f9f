import { hash } from 'node:crypto';
import type { DrillTarget } from '../drill.ts';
import { type Indicator, indicatorKey } from '../indicator.ts';
import type { Placement } from '../output/output.ts';

interface Target extends DrillTarget {
  readonly rank: string;
  readonly placements: Placement[];
}

/**
 * A sample of the indicators that stand in files, with all of their places. Which ones follows from the indicators and
 * the seed alone: the same set gives the same sample in any order.
 */
export class TargetSample {
  readonly #size: number;
  readonly #seed: string;
  readonly #targets = new Map<Indicator, Target>();
  /** Indicators that rank behind this one are not wanted any more. */
  #last = 'g';

  constructor(size: number, seed: string) {
    this.#size = size;
    this.#seed = seed;
  }

  add(indicator: Indicator, placement: Placement): void {
    const known = this.#targets.get(indicator);
    if (known !== undefined) {
      known.placements.push(placement);
      return;
    }
    const rank = hash('sha1', `${this.#seed}\n${indicatorKey(indicator)}`);
    if (rank > this.#last) return;
    this.#targets.set(indicator, { indicator, rank, placements: [placement] });
    if (this.#targets.size > 2 * this.#size) this.#prune();
  }

  /** In the order in which the indicators were added. */
  targets(): readonly DrillTarget[] {
    if (this.#targets.size > this.#size) this.#prune();
    return [...this.#targets.values()].map(({ indicator, placements }) => ({ indicator, placements }));
  }

  #prune(): void {
    const ranks = [...this.#targets.values()].map(({ rank }) => rank).sort();
    this.#last = ranks[this.#size - 1] ?? '';
    for (const [indicator, { rank }] of this.#targets) if (rank > this.#last) this.#targets.delete(indicator);
  }
}

import type { Detection } from './detection.ts';

/** Above the number of rules of any detection. */
const RULES = 8;

/**
 * Chooses the detections for which there is room: the most severe first, then those that changed last, then those that
 * come first. Only ranks are sorted, as plain numbers, since there may be a million of them.
 */
export class Budget {
  readonly #lowestRank: number;
  /** Rules left for detections of the lowest rank. */
  #room: number;

  constructor(detections: readonly Detection[], limit: number) {
    const ranks = Float64Array.from(detections, ({ rank, rules }) => rank * RULES + rules);
    ranks.sort().reverse();
    let room = limit;
    let roomAtRank = limit;
    let rankBefore = Number.POSITIVE_INFINITY;
    for (const ranked of ranks) {
      const rank = Math.floor(ranked / RULES);
      if (rank !== rankBefore) roomAtRank = room;
      rankBefore = rank;
      room -= ranked % RULES;
      if (room < 0) break;
    }
    this.#lowestRank = room < 0 ? rankBefore : Number.NEGATIVE_INFINITY;
    this.#room = roomAtRank;
  }

  /** True when the detection may be written. To be asked once for each, in order. */
  take({ rank, rules }: Detection): boolean {
    if (rank !== this.#lowestRank) return rank > this.#lowestRank;
    if (rules > this.#room) return false;
    this.#room -= rules;
    return true;
  }
}

import type { Random } from '@misp-pipeline/testing';
import type { Shares } from './mix.ts';

/** A function that picks names by their shares. */
export function picker(shares: Shares): (random: Random) => string {
  const names = Object.keys(shares);
  const ends: number[] = [];
  let total = 0;
  for (const share of Object.values(shares)) {
    total += share;
    ends.push(total);
  }
  return (random) => {
    const at = random.next() * total;
    return names[ends.findIndex((end) => at < end)] ?? '';
  };
}

const QUANTILES = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

/** A number whose quantiles 0, 10, 25, 50, 75, 90 and 99 % are given; what lies between is on a straight line. */
export function fromQuantiles(random: Random, values: readonly number[]): number {
  const at = random.next();
  const i = Math.min(
    QUANTILES.findLastIndex((quantile) => quantile <= at),
    values.length - 2,
  );
  const [from = 0, to = 1] = [QUANTILES[i], QUANTILES[i + 1]];
  const [low = 0, high = 0] = [values[i], values[i + 1]];
  return Math.round(low + (high - low) * Math.min(1, (at - from) / (to - from)));
}

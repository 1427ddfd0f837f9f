import type { Shares } from './mix.ts';

/** Numbers that look random and follow from a seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 up to, but not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** 0 up to, but not including, `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  /** True with the given probability. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  text(alphabet: string, length: number): string {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[this.below(alphabet.length)];
    return text;
  }

  hex(digits: number): string {
    return this.text('0123456789abcdef', digits);
  }

  uuid(): string {
    const hex = this.hex(32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}

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

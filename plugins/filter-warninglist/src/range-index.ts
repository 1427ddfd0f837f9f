import { formatNetwork, type Network, wordMask } from './network.ts';

/** Runs of contained entries longer than this are remembered, so that hostile networks cannot make us walk them twice. */
const LONG_RUN = 64;

/**
 * Finds the networks of one address family that hold a network or lie in it. Two networks are either nested or apart, so
 * they form a forest: sorted by first address, then by width, each one follows the network around it. A look-up is one
 * binary search and a walk to the root.
 */
export class RangeIndex {
  /** 32-bit words of an address: 1 or 4. */
  readonly #width: number;
  readonly #starts: Uint32Array;
  readonly #bits: Uint8Array;
  readonly #lists: Uint16Array;
  /** Position of the narrowest network around each one, or -1. */
  readonly #around: Int32Array;
  readonly #longRuns = new Map<string, readonly number[]>();

  constructor(width: number, networks: readonly Network[], lists: readonly number[]) {
    const order = sortedOrder(networks, lists);
    this.#width = width;
    this.#starts = new Uint32Array(order.length * width);
    this.#bits = new Uint8Array(order.length);
    this.#lists = new Uint16Array(order.length);
    this.#around = new Int32Array(order.length);
    for (let i = 0; i < order.length; i++) {
      const from = order[i] ?? 0;
      const network = networks[from];
      if (network === undefined) continue;
      this.#starts.set(network.words, i * width);
      this.#bits[i] = network.bits;
      this.#lists[i] = lists[from] ?? 0;
      let around = i - 1;
      while (around >= 0 && !this.#holds(around, network)) around = this.#around[around] ?? -1;
      this.#around[i] = around;
    }
  }

  /** Position of the narrowest entry that holds the network, or -1. */
  narrowestAround(network: Network): number {
    let i = this.#upperBound(network.words, network.bits) - 1;
    while (i >= 0 && !this.#holds(i, network)) i = this.#around[i] ?? -1;
    return i;
  }

  /** The next wider entry around an entry, or -1. */
  nextAround(position: number): number {
    return this.#around[position] ?? -1;
  }

  /** Of the entries that lie in the network and are narrower, the first of each list. */
  firstInside(network: Network): readonly number[] {
    const from = this.#upperBound(network.words, network.bits);
    const to = this.#upperBound(lastAddress(network), this.#width * 32);
    if (to - from <= LONG_RUN) return this.#firstOfEachList(from, to);
    const key = `${from}-${to}`;
    let first = this.#longRuns.get(key);
    if (first === undefined) {
      first = this.#firstOfEachList(from, to);
      this.#longRuns.set(key, first);
    }
    return first;
  }

  list(position: number): number {
    return this.#lists[position] ?? 0;
  }

  bits(position: number): number {
    return this.#bits[position] ?? 0;
  }

  /** Canonical text of an entry. */
  entry(position: number): string {
    const words = this.#starts.subarray(position * this.#width, (position + 1) * this.#width);
    return formatNetwork({ words: [...words], bits: this.bits(position) });
  }

  #firstOfEachList(from: number, to: number): readonly number[] {
    const first: number[] = [];
    const seen = new Set<number>();
    for (let i = from; i < to; i++) {
      const list = this.list(i);
      if (seen.has(list)) continue;
      seen.add(list);
      first.push(i);
    }
    return first;
  }

  #holds(position: number, { words, bits }: Network): boolean {
    const own = this.#bits[position] ?? 0;
    if (own > bits) return false;
    for (let word = 0; word * 32 < own; word++) {
      const difference = (this.#starts[position * this.#width + word] ?? 0) ^ (words[word] ?? 0);
      if ((difference & wordMask(own - word * 32)) !== 0) return false;
    }
    return true;
  }

  /** Number of entries that stand before or at the given start and width. */
  #upperBound(words: readonly number[], bits: number): number {
    let low = 0;
    let high = this.#bits.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isAfter(middle, words, bits)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #isAfter(position: number, words: readonly number[], bits: number): boolean {
    const offset = position * this.#width;
    for (let word = 0; word < this.#width; word++) {
      const own = this.#starts[offset + word] ?? 0;
      const other = words[word] ?? 0;
      if (own !== other) return own > other;
    }
    return (this.#bits[position] ?? 0) > bits;
  }
}

function lastAddress({ words, bits }: Network): number[] {
  return words.map((word, i) => (word | ~wordMask(bits - i * 32)) >>> 0);
}

/** Positions of the networks by first address, then from wide to narrow, then by list. */
function sortedOrder(networks: readonly Network[], lists: readonly number[]): number[] {
  return [...networks.keys()].sort((a, b) => {
    const one = networks[a];
    const other = networks[b];
    if (one === undefined || other === undefined) return 0;
    for (let word = 0; word < one.words.length; word++) {
      const difference = (one.words[word] ?? 0) - (other.words[word] ?? 0);
      if (difference !== 0) return difference;
    }
    return one.bits - other.bits || (lists[a] ?? 0) - (lists[b] ?? 0);
  });
}

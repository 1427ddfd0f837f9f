/**
 * A set of 32-bit hashes that may say yes by mistake, but never no. It is small enough for the processor's cache, and so
 * spares most look-ups in a large map, which would wait for main memory.
 */
export class BitFilter {
  readonly #words: Uint32Array;
  readonly #mask: number;

  /** `bits` is a power of two. Mistakes are about as rare as bits are set. */
  constructor(bits: number) {
    this.#words = new Uint32Array(bits >>> 5);
    this.#mask = bits - 1;
  }

  add(hash: number): void {
    const bit = hash & this.#mask;
    this.#words[bit >>> 5] = (this.#words[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }

  mayHold(hash: number): boolean {
    const bit = hash & this.#mask;
    return (((this.#words[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
  }
}

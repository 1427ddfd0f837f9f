/**
 * Holds the body of one answer at a time, in memory that is used again for the next one. Fresh buffers for every page of
 * a long list would make the garbage collector run twice a second, over everything that was read before.
 */
export class BodyBuffer {
  #memory: Buffer = Buffer.alloc(0);
  #size = 0;

  /** Bytes so far. The view is good until the buffer is used for another answer. */
  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#size);
  }

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#size = 0;
  }

  /** Adds bytes, or the part of them from `start` up to `end`. */
  append(bytes: Buffer, start = 0, end = bytes.length): void {
    const needed = this.#size + end - start;
    if (needed > this.#memory.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#memory.length));
      this.#memory.copy(larger, 0, 0, this.#size);
      this.#memory = larger;
    }
    bytes.copy(this.#memory, this.#size, start, end);
    this.#size = needed;
  }
}

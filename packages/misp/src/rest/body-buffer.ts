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

  append(chunk: Buffer): void {
    const needed = this.#size + chunk.length;
    if (needed > this.#memory.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#memory.length));
      this.#memory.copy(larger, 0, 0, this.#size);
      this.#memory = larger;
    }
    chunk.copy(this.#memory, this.#size);
    this.#size = needed;
  }
}

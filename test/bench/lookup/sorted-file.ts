import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { hashOf } from './records.ts';
import type { Reader, Store } from './store.ts';

/** Bytes of a slot: the hash and the end of its entry among the entries, both as doubles. */
const SLOT = 16;
/** Slots that are read at once, when the place is as good as known. */
const WINDOW = 256;
const BUFFER = 1 << 20;

/**
 * Entries in the order of their hashes, then a slot for each of them, then their number. Hashes are spread evenly, so that
 * one read around the place where a hash has to stand finds its slot, and a second one the entry.
 */
export const sortedFile: Store = {
  name: 'sorted file, positional reads',
  build(raw, path) {
    const file = new Appending(path);
    const slots: number[] = [];
    const rows = raw.prepare('SELECT hash, value, document FROM raw ORDER BY hash').iterate();
    for (const { hash, value, document } of rows) {
      file.append(Buffer.from(JSON.stringify([value, document])));
      slots.push(Number(hash), file.length);
    }
    file.append(Buffer.from(Float64Array.from([...slots, slots.length / 2]).buffer));
    file.close();
  },
  open: (path) => new SortedReader(path),
};

class Appending {
  readonly #descriptor: number;
  #waiting: Buffer[] = [];
  #waitingLength = 0;
  length = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'w');
  }

  append(bytes: Buffer): void {
    this.#waiting.push(bytes);
    this.#waitingLength += bytes.length;
    this.length += bytes.length;
    if (this.#waitingLength > BUFFER) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    writeSync(this.#descriptor, Buffer.concat(this.#waiting));
    this.#waiting = [];
    this.#waitingLength = 0;
  }
}

class SortedReader implements Reader {
  readonly #descriptor: number;
  readonly #slotsAt: number;
  readonly #count: number;
  readonly #window = Buffer.alloc(WINDOW * SLOT);

  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
    const { size } = fstatSync(this.#descriptor);
    const end = Buffer.alloc(8);
    readSync(this.#descriptor, end, 0, 8, size - 8);
    this.#count = end.readDoubleLE();
    this.#slotsAt = size - 8 - this.#count * SLOT;
  }

  find(value: string): string | undefined {
    const hash = hashOf(value);
    const guess = Math.floor((hash / 2 ** 53) * this.#count);
    const most = Math.max(0, this.#count - WINDOW);
    for (let first = Math.min(most, Math.max(0, guess - WINDOW / 2)); ; ) {
      const slots = this.#readSlots(first);
      if (hash < slots.hash(0) && first > 0) first = Math.max(0, first - WINDOW + 1);
      else if (hash > slots.hash(slots.length - 1) && first < most) first = Math.min(most, first + WINDOW - 1);
      else return this.#entry(value, hash, first, slots);
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #readSlots(first: number): Slots {
    const length = readSync(this.#descriptor, this.#window, 0, this.#window.length, this.#slotsAt + first * SLOT);
    return new Slots(this.#window, Math.min(Math.floor(length / SLOT), this.#count - first));
  }

  #entry(value: string, hash: number, first: number, slots: Slots): string | undefined {
    const at = slots.indexOf(hash);
    if (at < 0) return undefined;
    const start = at > 0 ? slots.end(at - 1) : this.#endBefore(first);
    const entry = Buffer.alloc(slots.end(at) - start);
    readSync(this.#descriptor, entry, 0, entry.length, start);
    const [stored, document]: [string, string] = JSON.parse(entry.toString());
    return stored === value ? document : undefined;
  }

  #endBefore(first: number): number {
    if (first === 0) return 0;
    const end = Buffer.alloc(8);
    readSync(this.#descriptor, end, 0, 8, this.#slotsAt + (first - 1) * SLOT + 8);
    return end.readDoubleLE();
  }
}

/** Slots in memory, in the order of their hashes. */
class Slots {
  readonly #bytes: Buffer;
  readonly length: number;

  constructor(bytes: Buffer, length: number) {
    this.#bytes = bytes;
    this.length = length;
  }

  hash(at: number): number {
    return this.#bytes.readDoubleLE(at * SLOT);
  }

  end(at: number): number {
    return this.#bytes.readDoubleLE(at * SLOT + 8);
  }

  indexOf(hash: number): number {
    let low = 0;
    for (let high = this.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if (this.hash(middle) < hash) low = middle + 1;
      else high = middle;
    }
    return low < this.length && this.hash(low) === hash ? low : -1;
  }
}

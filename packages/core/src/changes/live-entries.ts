import type { Entries } from '../history/entries.ts';
import { hashOf } from './hash.ts';
import type { KeyHash } from './key-hash.ts';

/** Places for each entry; more of them make searching shorter. */
const ROOM = 2;

/**
 * What is live, in some thirty bytes an entry: enough to tell whether an indicator is live, whether it is said anew, and
 * whether a value is. Two keys are taken for the same once in 2^64 pairs. A value that is not live may be taken for one that is,
 * with a million live ones about once in four thousand times; never the other way round.
 */
export class LiveEntries {
  readonly #ids: Uint32Array;
  readonly #values: Uint32Array;
  readonly #digests: Uint32Array;
  readonly #exporters: Int32Array;
  readonly #keys: Uint32Array;
  /** Whether an indicator was found for it. */
  readonly #seen: Uint8Array;
  /** Index of an entry and 1, by key; 0 is free. */
  readonly #byKey: Uint32Array;
  /** Hashes of values; 0 is free. */
  readonly #byValue: Uint32Array;
  readonly size: number;

  constructor(entries: Entries) {
    const size = entries.liveCount();
    const places = 2 ** Math.ceil(Math.log2(Math.max(8, size * ROOM)));
    this.size = size;
    this.#ids = new Uint32Array(size);
    this.#keys = new Uint32Array(size);
    this.#values = new Uint32Array(size);
    this.#digests = new Uint32Array(size);
    this.#exporters = new Int32Array(size);
    this.#seen = new Uint8Array(size);
    this.#byKey = new Uint32Array(places);
    this.#byValue = new Uint32Array(places);
    let at = 0;
    for (const rows of entries.liveRows()) {
      for (const [id, key, value, digest, exporters] of rows) {
        this.#ids[at] = id;
        this.#keys[at] = key;
        this.#values[at] = value;
        this.#digests[at] = digest;
        this.#exporters[at] = exporters;
        this.#place(at++, key, value);
      }
    }
  }

  /** Whether a value is live, in whatever kind. */
  hasValue(value: string): boolean {
    const hash = hashOf(value) || 1;
    const places = this.#byValue;
    for (let at = hash & (places.length - 1); places[at] !== 0; at = (at + 1) & (places.length - 1))
      if (places[at] === hash) return true;
    return false;
  }

  /** The index of an entry, which counts as seen from then on; undefined when there is none. */
  see({ key, value }: KeyHash): number | undefined {
    const places = this.#byKey;
    for (let at = key & (places.length - 1); places[at] !== 0; at = (at + 1) & (places.length - 1)) {
      const index = (places[at] ?? 0) - 1;
      if (this.#keys[index] !== key || this.#values[index] !== value) continue;
      this.#seen[index] = 1;
      return index;
    }
    return undefined;
  }

  /** Indexes of the entries for which no indicator was found. */
  *unseen(): Generator<number> {
    for (let index = 0; index < this.size; index++) if (this.#seen[index] === 0) yield index;
  }

  idOf(index: number): number {
    return this.#ids[index] ?? 0;
  }

  digestOf(index: number): number {
    return this.#digests[index] ?? 0;
  }

  /** Mask of the exporters that carry it. */
  exportersOf(index: number): number {
    return this.#exporters[index] ?? 0;
  }

  #place(index: number, key: number, value: number): void {
    const mask = this.#byKey.length - 1;
    let at = key & mask;
    while (this.#byKey[at] !== 0) at = (at + 1) & mask;
    this.#byKey[at] = index + 1;
    const hash = value || 1;
    at = hash & mask;
    while (this.#byValue[at] !== 0 && this.#byValue[at] !== hash) at = (at + 1) & mask;
    this.#byValue[at] = hash;
  }
}

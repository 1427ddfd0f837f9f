/** Depth at which values whose hashes agree so far are no longer told apart by hash: they are contrived. */
const MAX_DEPTH = 24;

/** How much one bucket may hold. A single value always fits. */
export interface Room {
  readonly values: number;
  /** Characters of all values together. */
  readonly characters: number;
}

interface Valued {
  readonly value: string;
}

/** A part of a rule set: the values whose hash begins with certain bits. */
export interface Bucket<T> {
  /** The bits, such as `0110`; the empty string when the set is a single bucket. */
  readonly bits: string;
  /** 1, or more when the hash cannot divide what has these bits into small enough buckets. */
  readonly part: number;
  /** At least one item, in the order in which they were given. */
  readonly items: readonly T[];
}

/**
 * Divides items into buckets that have room for them. Only a bucket that is too full is divided, by the next bit of the
 * hash of its values, so that a new value changes one bucket, or replaces it by two, and leaves every other as it is.
 * Which buckets there are depends on the set of values alone. `hashes` holds the {@link valueHash} of each item's value;
 * all of them begin with `bits`.
 */
export function* buckets<T extends Valued>(
  items: readonly T[],
  hashes: readonly number[],
  room: Room,
  bits = '',
): Generator<Bucket<T>> {
  if (items.length === 0) return;
  if (fits(items, room)) {
    yield { bits, part: 1, items };
    return;
  }
  if (bits.length === MAX_DEPTH) {
    yield* parts(items, room, bits);
    return;
  }
  const zeros = { items: [] as T[], hashes: [] as number[] };
  const ones = { items: [] as T[], hashes: [] as number[] };
  const bit = 0x8000_0000 >>> bits.length;
  for (let i = 0; i < items.length; i++) {
    const hash = hashes[i] as number;
    const half = (hash & bit) === 0 ? zeros : ones;
    half.items.push(items[i] as T);
    half.hashes.push(hash);
  }
  yield* buckets(zeros.items, zeros.hashes, room, `${bits}0`);
  yield* buckets(ones.items, ones.hashes, room, `${bits}1`);
}

function fits(items: readonly Valued[], { values, characters }: Room): boolean {
  if (items.length === 1) return true;
  return items.length <= values && items.reduce((sum, { value }) => sum + value.length, 0) <= characters;
}

function* parts<T extends Valued>(items: readonly T[], room: Room, bits: string): Generator<Bucket<T>> {
  let part: T[] = [];
  let number = 1;
  for (const item of items) {
    if (part.length > 0 && !fits([...part, item], room)) {
      yield { bits, part: number++, items: part };
      part = [];
    }
    part.push(item);
  }
  yield { bits, part: number, items: part };
}

/** 32 bits of FNV-1a with the final mix of MurmurHash3, which spreads it over the leading bits. */
export function valueHash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

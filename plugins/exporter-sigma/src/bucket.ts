/** Depth at which values whose hashes agree so far are no longer told apart by hash: they are contrived. */
const MAX_DEPTH = 24;

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
 * Divides items into buckets of at most `limit`. Only a bucket that is too full is divided, by the next bit of the hash
 * of its values, so that a new value changes one bucket, or replaces it by two, and leaves every other as it is.
 * Which buckets there are depends on the set of values alone. `hashes` holds the {@link valueHash} of each item's value;
 * all of them begin with `bits`.
 */
export function* buckets<T>(
  items: readonly T[],
  hashes: readonly number[],
  limit: number,
  bits = '',
): Generator<Bucket<T>> {
  if (items.length <= limit) {
    if (items.length > 0) yield { bits, part: 1, items };
    return;
  }
  if (bits.length === MAX_DEPTH) {
    for (let start = 0; start < items.length; start += limit) {
      yield { bits, part: start / limit + 1, items: items.slice(start, start + limit) };
    }
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
  yield* buckets(zeros.items, zeros.hashes, limit, `${bits}0`);
  yield* buckets(ones.items, ones.hashes, limit, `${bits}1`);
}

/** 32 bits of FNV-1a with the final mix of MurmurHash3, which spreads it over the leading bits. */
export function valueHash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

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
 * Which buckets there are depends on the set of values alone. `hashes` holds the {@link valueHash} of each item's value.
 */
export function* buckets<T>(items: readonly T[], hashes: readonly number[], limit: number): Generator<Bucket<T>> {
  const places = Uint32Array.from(items.keys());
  for (const { bits, part, members } of divide(hashes, places, '', limit)) {
    yield { bits, part, items: Array.from(members, (place) => items[place] as T) };
  }
}

interface Division {
  readonly bits: string;
  readonly part: number;
  /** Places of the items. */
  readonly members: Uint32Array;
}

function* divide(hashes: readonly number[], places: Uint32Array, bits: string, limit: number): Generator<Division> {
  if (places.length <= limit) {
    if (places.length > 0) yield { bits, part: 1, members: places };
    return;
  }
  if (bits.length === MAX_DEPTH) {
    for (let start = 0; start < places.length; start += limit) {
      yield { bits, part: start / limit + 1, members: places.subarray(start, start + limit) };
    }
    return;
  }
  const zeros = partition(hashes, places, 0x8000_0000 >>> bits.length);
  yield* divide(hashes, places.subarray(0, zeros), `${bits}0`, limit);
  yield* divide(hashes, places.subarray(zeros), `${bits}1`, limit);
}

/** Moves places whose hash has the bit behind those whose hash has not, both in their order; counts the latter. */
function partition(hashes: readonly number[], places: Uint32Array, bit: number): number {
  const ones = new Uint32Array(places.length);
  let zeros = 0;
  let count = 0;
  for (const place of places) {
    if (((hashes[place] as number) & bit) === 0) places[zeros++] = place;
    else ones[count++] = place;
  }
  places.set(ones.subarray(0, count), zeros);
  return zeros;
}

/** 32 bits of FNV-1a with the final mix of MurmurHash3, which spreads it over the leading bits. */
export function valueHash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

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
 * Which buckets there are depends on the set of values alone.
 */
export function* buckets<T extends { readonly value: string }>(
  items: readonly T[],
  limit: number,
): Generator<Bucket<T>> {
  const hashes = new Uint32Array(items.length);
  const all: number[] = [];
  for (let i = 0; i < items.length; i++) {
    hashes[i] = hash((items[i] as T).value);
    all.push(i);
  }
  for (const { bits, part, members } of divide(hashes, all, '', limit)) {
    yield { bits, part, items: members.map((i) => items[i] as T) };
  }
}

interface Division {
  readonly bits: string;
  readonly part: number;
  /** Positions of the items. */
  readonly members: readonly number[];
}

function* divide(hashes: Uint32Array, members: readonly number[], bits: string, limit: number): Generator<Division> {
  if (members.length <= limit) {
    if (members.length > 0) yield { bits, part: 1, members };
    return;
  }
  if (bits.length === MAX_DEPTH) {
    for (let start = 0; start < members.length; start += limit) {
      yield { bits, part: start / limit + 1, members: members.slice(start, start + limit) };
    }
    return;
  }
  const zeros: number[] = [];
  const ones: number[] = [];
  const bit = 0x8000_0000 >>> bits.length;
  for (const i of members) (((hashes[i] as number) & bit) === 0 ? zeros : ones).push(i);
  yield* divide(hashes, zeros, `${bits}0`, limit);
  yield* divide(hashes, ones, `${bits}1`, limit);
}

/** FNV-1a with the final mix of MurmurHash3, which spreads it over the leading bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

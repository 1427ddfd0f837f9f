import type { PrefixLengths } from '../cover.ts';
import type { Snapshot } from '../known.ts';
import { IndexUnavailable } from './index-unavailable.ts';

/**
 * In Redis a snapshot is a generation: a number of hashes, its buckets, that hold the documents of each value under the
 * value itself, and are never changed once the generation is in force. One key, `PREFIX:current`, describes the generation
 * that is in force; buckets have the keys `PREFIX:GENERATION:NUMBER`.
 */
export interface Generation {
  /** Changes with the layout. */
  readonly format: typeof FORMAT;
  /** Never given twice. */
  readonly id: string;
  /** How many there are. */
  readonly buckets: number;
  readonly prefixLengths: PrefixLengths;
  readonly snapshot: Snapshot;
}

export const FORMAT = 1;

/** Field that every bucket has, so that one that was lost differs from one that does not know a value. */
export const MARK = '';

/** As many as Redis removes in about a millisecond; the switch takes longer, the more buckets there are. */
const VALUES_A_BUCKET = 2000;

export function bucketsFor(indicators: number): number {
  return Math.max(1, Math.ceil(indicators / VALUES_A_BUCKET));
}

export function currentKey(prefix: string): string {
  return `${prefix}:current`;
}

/** What the keys of all buckets of a generation begin with. */
export function bucketStem(prefix: string, generation: string): string {
  return `${prefix}:${generation}:`;
}

/** Number of the bucket of a value: FNV-1a over its UTF-16 code units. */
export function bucketOf(value: string, buckets: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < value.length; i++) hash = Math.imul(hash ^ value.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % buckets;
}

/** Reads what stands in `PREFIX:current`. */
export function parseGeneration(text: string): Generation {
  const generation: Generation | undefined = parsed(text);
  if (generation?.format === FORMAT) return generation;
  const found = generation === undefined ? 'no JSON' : `format \`${generation.format}\``;
  throw new IndexUnavailable('damaged', `Redis: the index is ${found}, but this version reads format \`${FORMAT}\``);
}

function parsed(text: string): Generation | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Said by the caller.
  }
}

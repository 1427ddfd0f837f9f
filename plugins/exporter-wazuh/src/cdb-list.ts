import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { LONGEST_KEY } from './cdb.ts';

/** A CDB list: a file of keys in which rules look up the field of an event. */
export interface CdbList {
  /** Name of the file: letters, digits and `-`, as the manager's API demands, and one of its own on the manager. */
  readonly name: string;
  /** What the keys are, as the rest of a sentence. */
  readonly holds: string;
  /** `address_match_key` also hits a key that ends with a dot and is the beginning of the field. */
  readonly lookup: 'match_key' | 'address_match_key';
  /** Whether the manager's API takes the lines; the engine itself takes more. */
  readonly api: boolean;
  /** Kinds that it may hold. */
  readonly kinds: readonly IndicatorKind[];
  /**
   * Appends the keys of an indicator of these kinds to `keys`; none when the list is not for it. Where the indicator's
   * value is plain (see `isPlain`), so are they all.
   */
  readonly addKeys: (indicator: Indicator, keys: string[]) => void;
}

/** A list in which the whole field is looked up. */
export function exactList(list: Omit<CdbList, 'lookup'>): CdbList {
  return { ...list, lookup: 'match_key' };
}

/** Bytes of a line besides its key: quotation marks, the longest severity, the line feed. */
const AROUND_KEY = '"":unknown\n'.length;

/** Most bytes that the line of a key takes. */
export function keyBytes(key: string): number {
  return Buffer.byteLength(key) + AROUND_KEY;
}

/** Most bytes that the line of any key takes. */
export const MOST_KEY_BYTES = LONGEST_KEY + AROUND_KEY;

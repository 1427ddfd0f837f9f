import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { keyFault } from './cdb.ts';

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
  /** Keys of an indicator of these kinds, written or not; none when the list is not for it. */
  readonly keys: (indicator: Indicator) => readonly string[];
}

/** The keys under which a list holds an indicator: those that can be written. */
export function listKeys(list: CdbList, indicator: Indicator): readonly string[] {
  const keys = list.keys(indicator);
  return keys.every(isWritable) ? keys : keys.filter(isWritable);
}

function isWritable(key: string): boolean {
  return keyFault(key) === undefined;
}

import { type Indicator, SEVERITIES, type Severity } from '@misp-pipeline/core';
import { type CdbList, keyBytes, MOST_KEY_BYTES } from './cdb-list.ts';
import { type Delivery, TAKES_KEY } from './delivery.ts';
import type { Room } from './room.ts';

/** Severities, the highest first. */
const RANKED = [...SEVERITIES].reverse();

/** Sorted keys that are walked through. */
interface Run {
  readonly severity: Severity;
  readonly keys: readonly string[];
  position: number;
  /** The key at the position; undefined at the end. */
  next: string | undefined;
}

/** The keys of a list, gathered from indicators. */
export class ListKeys {
  readonly list: CdbList;
  /** A key may be there several times. */
  readonly #keys: Readonly<Record<Severity, string[]>> = { high: [], medium: [], low: [], unknown: [] };

  readonly #takes: (key: string) => boolean;
  readonly #takesPlain: boolean;

  constructor(list: CdbList, delivery: Delivery = 'file') {
    this.list = list;
    this.#takes = TAKES_KEY[delivery];
    this.#takesPlain = delivery === 'file';
  }

  /**
   * Adds the keys of an indicator that can be written, and tells whether there are any. Those of an indicator whose
   * value `isPlain` are not looked at one by one.
   */
  add(indicator: Indicator, isPlain: boolean): boolean {
    const keys = this.#keys[indicator.severity];
    const before = keys.length;
    this.list.addKeys(indicator, keys);
    const isSure = isPlain && this.#takesPlain;
    if (!isSure && keys.length > before) keys.push(...keys.splice(before).filter(this.#takes));
    return keys.length > before;
  }

  /** True unless the keys may be too many; a key that came several times counts as often. */
  fits(room: Room): boolean {
    const all = Object.values(this.#keys);
    const count = all.reduce((sum, keys) => sum + keys.length, 0);
    if (count > room.keys) return false;
    if (count * MOST_KEY_BYTES <= room.bytes) return true;
    let bytes = 0;
    for (const keys of all) for (const key of keys) bytes += keyBytes(key);
    return bytes <= room.bytes;
  }

  /** Walks through the keys in ascending order; each comes once, with the highest severity that it was added with. */
  forEach(use: (key: string, severity: Severity) => void): void {
    const runs = RANKED.map((severity): Run => {
      const keys = this.#keys[severity].sort();
      return { severity, keys, position: 0, next: keys[0] };
    }).filter(({ next }) => next !== undefined);
    let previous: string | undefined;
    for (let run = leastOf(runs); run?.next !== undefined; run = leastOf(runs)) {
      if (run.next !== previous) use(run.next, run.severity);
      previous = run.next;
      run.next = run.keys[++run.position];
    }
  }
}

/** The run whose next key is the least; of several that have it, the first. */
function leastOf(runs: readonly Run[]): Run | undefined {
  let least: Run | undefined;
  for (const run of runs) {
    if (run.next === undefined) continue;
    if (least?.next === undefined || run.next < least.next) least = run;
  }
  return least;
}

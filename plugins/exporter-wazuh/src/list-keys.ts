import { type Indicator, SEVERITIES, type Severity } from '@misp-pipeline/core';
import { keyFault } from './cdb.ts';
import type { CdbList } from './cdb-list.ts';

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

  constructor(list: CdbList) {
    this.list = list;
  }

  /**
   * Adds the keys of an indicator that can be written, and tells whether there are any. Those of an indicator whose
   * value `isPlain` are not looked at one by one.
   */
  add(indicator: Indicator, isPlain: boolean): boolean {
    const keys = this.#keys[indicator.severity];
    const before = keys.length;
    this.list.addKeys(indicator, keys);
    if (!isPlain && keys.length > before) keys.push(...keys.splice(before).filter(isWritable));
    return keys.length > before;
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

function isWritable(key: string): boolean {
  return keyFault(key) === undefined;
}

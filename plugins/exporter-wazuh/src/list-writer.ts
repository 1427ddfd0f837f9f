import { type Indicator, type IndicatorKind, type Output, SEVERITIES, type Severity } from '@misp-pipeline/core';
import { cdbLine } from './cdb.ts';
import { type CdbList, listKeys } from './cdb-list.ts';

/** Severities, the highest first. */
const RANKED = [...SEVERITIES].reverse();

/** Stands in a list that would be empty: the manager's API refuses an empty file. No event ever holds it. */
const RESERVED_LINE = 'misp.invalid:';

/** What lists are filled from. */
export type Indicators = (kind: IndicatorKind) => readonly Indicator[];

/** Writes a list, sorted by key, each key once with the highest severity that any of its indicators has. */
export function writeList(list: CdbList, indicators: Indicators, output: Output): void {
  const path = `lists/${list.name}`;
  const file = output.file(path);
  const severities = output.placed && new Map<string, Severity>();
  let count = 0;
  forEachDistinct(sortedKeys(list, indicators), (key, rank) => {
    const severity = RANKED[rank] ?? 'unknown';
    file.write(`${cdbLine(key, severity)}\n`);
    severities?.set(key, severity);
    count++;
  });
  if (count === 0) file.write(`${RESERVED_LINE}\n`);
  file.count(count);
  if (severities === undefined) return;
  forEachKey(list, indicators, (key, indicator) => {
    output.placed?.(indicator, { file: path, text: cdbLine(key, severities.get(key) ?? indicator.severity) });
  });
}

/** The keys of a list by rank of their severity; a key may be there several times. */
function sortedKeys(list: CdbList, indicators: Indicators): readonly (readonly string[])[] {
  const keys = RANKED.map((): string[] => []);
  forEachKey(list, indicators, (key, { severity }) => keys[RANKED.indexOf(severity)]?.push(key));
  for (const ofRank of keys) ofRank.sort();
  return keys;
}

function forEachKey(list: CdbList, indicators: Indicators, use: (key: string, indicator: Indicator) => void): void {
  for (const kind of list.kinds) {
    for (const indicator of indicators(kind)) {
      for (const key of listKeys(list, indicator)) use(key, indicator);
    }
  }
}

/** Walks through sorted runs together, in ascending order; a key comes once, with the first run that holds it. */
function forEachDistinct(runs: readonly (readonly string[])[], use: (key: string, run: number) => void): void {
  const positions = runs.map(() => 0);
  let previous: string | undefined;
  for (;;) {
    let least: string | undefined;
    let from = 0;
    for (let run = 0; run < runs.length; run++) {
      const key = runs[run]?.[positions[run] ?? 0];
      if (key === undefined || (least !== undefined && key >= least)) continue;
      least = key;
      from = run;
    }
    if (least === undefined) return;
    positions[from] = (positions[from] ?? 0) + 1;
    if (least !== previous) use(least, from);
    previous = least;
  }
}

import { type Indicator, type IndicatorKind, type Output, SEVERITIES, type Severity } from '@misp-pipeline/core';
import { cdbLine } from './cdb.ts';
import { type CdbList, listKeys } from './cdb-list.ts';

/** Severities by rank, the highest first. */
const RANKED = [...SEVERITIES].reverse();

/** Sorts before every character of a key, so that entries sort by key first and by rank second. */
const SEPARATOR = '\n';

/** Stands in a list that would be empty: the manager's API refuses an empty file. No event ever holds it. */
const RESERVED_LINE = 'misp.invalid:';

/** What each list is filled from. */
export type Indicators = (kind: IndicatorKind) => readonly Indicator[];

/**
 * Writes a list, sorted by key, each key once: the engine takes the first of several lines, which is the one with the
 * highest severity.
 */
export function writeList(list: CdbList, indicators: Indicators, output: Output): void {
  const path = `lists/${list.name}`;
  const file = output.file(path);
  const entries = sortedEntries(list, indicators);
  const severities = output.placed && new Map<string, Severity>();
  let previous = '';
  let count = 0;
  for (const entry of entries) {
    const key = entry.slice(0, -2);
    if (key === previous) continue;
    previous = key;
    const severity = severityOf(entry);
    file.write(`${cdbLine(key, severity)}\n`);
    severities?.set(key, severity);
    count++;
  }
  if (count === 0) file.write(`${RESERVED_LINE}\n`);
  file.count(count);
  if (severities === undefined) return;
  forEachKey(list, indicators, (key, indicator) => {
    output.placed?.(indicator, { file: path, text: cdbLine(key, severities.get(key) ?? indicator.severity) });
  });
}

/** Key and rank of each indicator in one text, which costs a third of the memory and time of objects. */
function sortedEntries(list: CdbList, indicators: Indicators): readonly string[] {
  const entries: string[] = [];
  forEachKey(list, indicators, (key, { severity }) => {
    entries.push(`${key}${SEPARATOR}${RANKED.indexOf(severity)}`);
  });
  return entries.sort();
}

function severityOf(entry: string): Severity {
  return RANKED[Number(entry.slice(-1))] ?? 'unknown';
}

function forEachKey(list: CdbList, indicators: Indicators, use: (key: string, indicator: Indicator) => void): void {
  for (const kind of list.kinds) {
    for (const indicator of indicators(kind)) {
      for (const key of listKeys(list, indicator)) use(key, indicator);
    }
  }
}

import type { Indicator, IndicatorKind, Output, Severity } from '@misp-pipeline/core';
import { cdbLine } from './cdb.ts';
import type { ListKeys } from './list-keys.ts';

/** Stands in a list that would be empty: the manager's API refuses an empty file. No event ever holds it. */
export const RESERVED_KEY = 'misp.invalid';

/** Lines that are handed on together. */
const LINES_AT_ONCE = 500;

/** What lists are filled from. */
export type Indicators = (kind: IndicatorKind) => readonly Indicator[];

/**
 * Writes a list, sorted by key, each key once with the highest severity that any of its indicators has. `indicators`
 * are those that the keys were gathered from.
 */
export function writeList(keys: ListKeys, indicators: Indicators, output: Output): void {
  const path = `lists/${keys.list.name}`;
  const file = output.file(path);
  const severities = output.placed && new Map<string, Severity>();
  let count = 0;
  let lines = '';
  keys.forEach((key, severity) => {
    lines += `${cdbLine(key, severity)}\n`;
    severities?.set(key, severity);
    if (++count % LINES_AT_ONCE !== 0) return;
    file.write(lines);
    lines = '';
  });
  file.write(count === 0 ? `${RESERVED_KEY}:\n` : lines);
  file.count(count);
  if (severities !== undefined) tellPlaces(keys, indicators, severities, output);
}

function tellPlaces(
  { list }: ListKeys,
  indicators: Indicators,
  severities: ReadonlyMap<string, Severity>,
  { placed }: Output,
): void {
  const file = `lists/${list.name}`;
  for (const indicator of list.kinds.flatMap(indicators)) {
    const keys: string[] = [];
    list.addKeys(indicator, keys);
    for (const key of keys) {
      const severity = severities.get(key);
      if (severity !== undefined) placed?.(indicator, { file, text: cdbLine(key, severity) });
    }
  }
}

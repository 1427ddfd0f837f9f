import { oneLine } from '@misp-pipeline/core';
import { detectValue } from '@misp-pipeline/misp';
import type { ColumnName, CsvOptions } from './options.ts';

/** Positions of the columns, counted from 0. */
export interface Columns {
  readonly value: readonly number[];
  readonly type: number | undefined;
  readonly port: number | undefined;
  readonly comment: readonly number[];
  readonly tags: readonly number[];
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
}

/** Whether the cells are headings: those that columns are named by, or single words when none is. */
export function areHeadings(cells: readonly string[], columns: CsvOptions['columns']): boolean {
  const names = namesIn(columns);
  return names.length === 0
    ? !cells.some((cell) => /\s/.test(cell))
    : names.every((name) => positionOf(name, cells) >= 0);
}

/** Whether a row holds a value where columns that are given by number say so. A row of headings does not. */
export function holdsValue(cells: readonly string[], columns: CsvOptions['columns']): boolean {
  if (namesIn(columns).length > 0) return false;
  return columns.value.some((number) => detectValue(cells[Number(number) - 1] ?? '', { inProse: false }) !== undefined);
}

/** The headings that columns are named by. */
function namesIn(columns: CsvOptions['columns']): readonly string[] {
  return Object.values(columns)
    .flat()
    .filter((name) => typeof name === 'string');
}

/** Finds the columns. Throws an Error when one that is named is not among the headings. */
export function columnsOf(given: CsvOptions['columns'], headings: readonly string[]): Columns {
  const find = (name: ColumnName): number => {
    const position = typeof name === 'number' ? name - 1 : positionOf(name, headings);
    if (position < 0) {
      const found = oneLine(headings.join(', '));
      throw new Error(`there is no column \`${name}\` among the headings \`${found}\``);
    }
    return position;
  };
  const findOne = (name: ColumnName | undefined) => (name === undefined ? undefined : find(name));
  return {
    value: given.value.map(find),
    type: findOne(given.type),
    port: findOne(given.port),
    comment: given.comment.map(find),
    tags: given.tags.map(find),
    firstSeen: findOne(given.firstSeen),
    lastSeen: findOne(given.lastSeen),
  };
}

function positionOf(name: string, headings: readonly string[]): number {
  return headings.findIndex((heading) => heading.trim().toLowerCase() === name.trim().toLowerCase());
}

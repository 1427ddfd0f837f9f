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

/** Finds the columns. Throws an Error when one that is named is not among the headings; a placeholder may give its name. */
export function columnsOf(given: CsvOptions['columns'], headings: readonly string[]): Columns {
  const find = (what: keyof Columns, name: ColumnName): number => {
    const position = typeof name === 'number' ? name - 1 : positionOf(name, headings);
    if (position < 0) {
      const found = oneLine(headings.join(', '));
      throw new Error(`the column that \`columns.${what}\` names is not among the headings \`${found}\``);
    }
    return position;
  };
  const findOne = (what: 'type' | 'port' | 'firstSeen' | 'lastSeen') => {
    const name = given[what];
    return name === undefined ? undefined : find(what, name);
  };
  const findAll = (what: 'value' | 'comment' | 'tags') => given[what].map((name) => find(what, name));
  return {
    value: findAll('value'),
    type: findOne('type'),
    port: findOne('port'),
    comment: findAll('comment'),
    tags: findAll('tags'),
    firstSeen: findOne('firstSeen'),
    lastSeen: findOne('lastSeen'),
  };
}

function positionOf(name: string, headings: readonly string[]): number {
  return headings.findIndex((heading) => heading.trim().toLowerCase() === name.trim().toLowerCase());
}

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

/** Whether the cells are headings, as far as columns are named by them. */
export function areHeadings(cells: readonly string[], columns: CsvOptions['columns']): boolean {
  const names = Object.values(columns).flat();
  return names.every((name) => typeof name !== 'string' || positionOf(name, cells) >= 0);
}

/** Finds the columns. Throws an Error when one that is named is not among the headings. */
export function columnsOf(given: CsvOptions['columns'], headings: readonly string[]): Columns {
  const find = (name: ColumnName): number => {
    const position = typeof name === 'number' ? name - 1 : positionOf(name, headings);
    if (position < 0) throw new Error(`there is no column \`${name}\` among the headings \`${headings.join(', ')}\``);
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

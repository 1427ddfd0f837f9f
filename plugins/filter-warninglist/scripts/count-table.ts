import { markdownTable } from './markdown-table.ts';

/** A table in Markdown with a count in each cell; rows appear as they are counted. */
export class CountTable {
  readonly #corner: string;
  readonly #columns: readonly string[];
  readonly #rows = new Map<string, Map<string, number>>();

  constructor(corner: string, columns: readonly string[]) {
    this.#corner = corner;
    this.#columns = columns;
  }

  count(row: string, column: string): void {
    const cells = this.#rows.get(row) ?? new Map<string, number>();
    this.#rows.set(row, cells);
    cells.set(column, (cells.get(column) ?? 0) + 1);
  }

  /** Rows in the order of their names. */
  toString(): string {
    const rows = [...this.#rows]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, cells]) => [name, ...this.#columns.map((column) => String(cells.get(column) ?? 0))]);
    return markdownTable([this.#corner, ...this.#columns], rows, 'right');
  }
}

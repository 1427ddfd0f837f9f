import type { Row } from './row.ts';

/** Longer texts are cut, so that a row has a bounded size. */
const TEXT_LIMIT = 200;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Rows up to a limit; more of the same only counts. */
export class RowList {
  readonly #limit: number;
  readonly #rows = new Map<string, Mutable<Row>>();
  readonly #values = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get rows(): readonly Row[] {
    return [...this.#rows.values()];
  }

  /**
   * Adds the row of a value, or to the row that says the same, unless there is no room left. Millions of rows may find
   * none, so that a row is made only when it can find some.
   */
  add(whole: string, rowOf: () => Omit<Row, 'value'>): void {
    const value = clipped(whole);
    if (this.#rows.size >= this.#limit && !this.#values.has(value)) return;
    const row = rowOf();
    const key = `${row.kind}\n${value}\n${row.stage}\n${row.reason}`;
    const known = this.#rows.get(key);
    if (known !== undefined) {
      known.count += row.count;
      known.exporters = [...new Set([...known.exporters, ...row.exporters])];
    } else if (this.#rows.size < this.#limit) {
      const { detail, event, org } = row;
      this.#values.add(value);
      this.#rows.set(key, { ...row, value, detail: clipped(detail), event: clipped(event), org: clipped(org) });
    }
  }
}

/** A short copy: a part of a string would keep the whole of it in memory. */
function clipped(text: string): string {
  if (text.length <= TEXT_LIMIT) return text;
  return `${Buffer.from(text.slice(0, TEXT_LIMIT), 'utf16le').toString('utf16le')}...`;
}

import { isRecord } from '../fields.ts';

/** Tells attributes that come for the first time from those that came before. */
export class DistinctAttributes {
  readonly #seen = new Set<unknown>();

  /** True when one of the rows came before. */
  hasAny(rows: readonly unknown[]): boolean {
    return rows.some((row) => this.#seen.has(attributeId(row)));
  }

  /** Those rows that are new. A row that nothing identifies counts as new. */
  fresh(rows: readonly unknown[]): unknown[] {
    return rows.filter((row) => {
      const id = attributeId(row);
      if (id === undefined) return true;
      if (this.#seen.has(id)) return false;
      this.#seen.add(id);
      return true;
    });
  }
}

/** The number that the server gave the attribute, or what else identifies it. */
function attributeId(row: unknown): unknown {
  if (!isRecord(row)) return undefined;
  const id = Number(row.id);
  return Number.isSafeInteger(id) && id > 0 ? id : row.uuid;
}

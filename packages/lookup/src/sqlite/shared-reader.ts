import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Most documents that are kept in memory: many rows share a few. */
const MOST_REMEMBERED = 500;

/** Reads documents that many rows have in common. */
export class SharedReader<Shared> {
  readonly #find: StatementSync;
  readonly #remembered = new Map<number, Shared>();

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('SELECT document FROM shared WHERE id = ?');
  }

  read(id: number): Shared {
    const known = this.#remembered.get(id);
    if (known !== undefined) return known;
    const shared: Shared = JSON.parse(String(this.#find.get(id)?.document));
    if (this.#remembered.size === MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(id, shared);
    return shared;
  }
}

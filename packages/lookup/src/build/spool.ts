import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { IndicatorIdentity } from '@misp-pipeline/core';
import type { OriginRow, PlaceRow } from '../sqlite/index-file.ts';
import { SharedDocuments } from './shared-documents.ts';

/** One thing that a run said of an indicator. */
export type Remark =
  | { readonly origin: OriginRow }
  | { readonly exporter: string; readonly places: readonly PlaceRow[] }
  /** The engine refused it, so that it stands in none of the exporter's files. */
  | { readonly refusedBy: string };

/** Name of the spool in the folder of a build. */
export const SPOOL_FILE = 'spool.sqlite';

const TABLES = `
  PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32768;
  CREATE TABLE remark (
    value TEXT NOT NULL, kind TEXT NOT NULL, direction TEXT, port INTEGER, document TEXT NOT NULL)`;

/** Everything that a run says of indicators, on disk in the order in which it was said. */
export class Spool {
  readonly shared: SharedDocuments;
  readonly #db: DatabaseSync;
  readonly #insert: StatementSync;

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    this.#db.exec(TABLES);
    this.shared = new SharedDocuments(this.#db);
    this.#insert = this.#db.prepare('INSERT INTO remark VALUES (?, ?, ?, ?, ?)');
    this.#db.exec('BEGIN');
  }

  add({ value, kind, direction, port }: IndicatorIdentity, remark: Remark): void {
    this.#insert.run(value, kind, direction ?? null, port ?? null, JSON.stringify(remark));
  }

  /** Writes out what is in memory still. Throws when the disk is full. */
  finish(): void {
    this.#db.exec('COMMIT');
    this.#db.close();
  }

  /** Closes it; without {@link finish}, what was added is lost. */
  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}

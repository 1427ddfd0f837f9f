import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { IndicatorIdentity } from '@misp-pipeline/core';
import type { OriginRow, PlaceRow } from '../sqlite/index-file.ts';
import { SharedDocuments } from './shared-documents.ts';

/** One thing that a run said of an indicator: who vouches for it, or where it stands in the files of an exporter. */
export type Remark = { readonly origin: OriginRow } | { readonly places: readonly PlaceRow[] };

/** Name of the spool in the folder of a build. */
export const SPOOL_FILE = 'spool.sqlite';

const TABLES = `
  PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32768;
  CREATE TABLE remark (
    value TEXT NOT NULL, kind TEXT NOT NULL, direction TEXT, port INTEGER, exporter TEXT, document TEXT NOT NULL);
  CREATE TABLE begun (exporter TEXT PRIMARY KEY, remarks INTEGER NOT NULL)`;

/** Remarks by indicator, in the order in which they were made, without those on files that were written again. */
export const REMARKS = `
  SELECT remark.* FROM spool.remark LEFT JOIN spool.begun USING (exporter)
  WHERE remarks IS NULL OR remark.rowid > remarks ORDER BY value, kind, direction, port, remark.rowid`;

/** Everything that a run says of indicators, on disk in the order in which it was said. */
export class Spool {
  readonly shared: SharedDocuments;
  readonly #db: DatabaseSync;
  readonly #insert: StatementSync;
  #remarks = 0;

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    this.#db.exec(TABLES);
    this.shared = new SharedDocuments(this.#db);
    this.#insert = this.#db.prepare('INSERT INTO remark VALUES (?, ?, ?, ?, ?, ?)');
    this.#db.exec('BEGIN');
  }

  /** `exporter` is the one whose files the remark is about. */
  add({ value, kind, direction, port }: IndicatorIdentity, remark: Remark, exporter?: string): void {
    this.#insert.run(value, kind, direction ?? null, port ?? null, exporter ?? null, JSON.stringify(remark));
    this.#remarks++;
  }

  /** An exporter begins to write its files: what was said of them until now is void. Remarks are numbered from 1 on. */
  begin(exporter: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO begun VALUES (?, ?)').run(exporter, this.#remarks);
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

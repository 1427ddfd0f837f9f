import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, pipelineError } from '../errors.ts';
import { type IdRecord, StageIds } from './book.ts';

/** Name of the file in the state folder. */
export const IDS_FILE = 'ids.sqlite';

/** Milliseconds to wait for others: numbers are read beside a run, by `explain`, `verify` and `sightings`. */
const PATIENCE = 10_000;

/**
 * The file in the state folder that remembers every number ever given. Records are only added or revised, never
 * removed: a number must not be given again after its indicator is gone.
 */
export class IdStore {
  readonly #db: DatabaseSync;
  readonly #stages = new Map<string, StageIds>();

  /** Throws STATE_UNUSABLE when the file can be neither opened nor made. */
  constructor(stateDir: string) {
    this.#db = openStore(join(stateDir, IDS_FILE));
  }

  /** The numbers of a stage, loaded once. */
  stage(id: string): StageIds {
    let ids = this.#stages.get(id);
    if (ids === undefined) {
      ids = new StageIds(id, this.#load(id));
      this.#stages.set(id, ids);
    }
    return ids;
  }

  #load(stage: string): Map<string, IdRecord> {
    const records = new Map<string, IdRecord>();
    const rows = this.#db.prepare('SELECT key, id, revision, digest FROM ids WHERE stage = ?').iterate(stage);
    for (const row of rows) {
      const { key, id, revision, digest } = row as unknown as IdRecord & { key: string };
      records.set(key, { id, revision, digest });
    }
    return records;
  }

  /**
   * Writes what was given since loading, all or nothing. Done before anything is published, so that a number that has
   * been seen in public is always remembered.
   */
  save(): void {
    const upsert = this.#db.prepare(`INSERT INTO ids (stage, key, id, revision, digest) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (stage, key) DO UPDATE SET id = excluded.id, revision = excluded.revision, digest = excluded.digest`);
    this.#db.exec('BEGIN IMMEDIATE');
    for (const [stage, ids] of this.#stages) {
      for (const [key, { id, revision, digest }] of ids.changed) upsert.run(stage, key, id, revision, digest);
      ids.changed.clear();
    }
    this.#db.exec('COMMIT');
  }

  close(): void {
    this.#db.close();
  }
}

function openStore(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: PATIENCE });
    // With SQLite's own cache of 2 MB, filling the tree with many new numbers takes twice as long.
    db.exec(`PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;
      CREATE TABLE IF NOT EXISTS ids (
        stage TEXT NOT NULL, key TEXT NOT NULL, id INTEGER NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL,
        PRIMARY KEY (stage, key), UNIQUE (stage, id)) WITHOUT ROWID`);
    return db;
  } catch (error) {
    db?.close();
    throw pipelineError('STATE_UNUSABLE', { path, why: messageOf(error) }, error);
  }
}

import { chmodSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { messageOf, pipelineError } from '../errors.ts';
import { writeAhead } from '../write-ahead.ts';

/** Milliseconds to wait for a process that tidies up the same file. */
const PATIENCE = 5000;

const pathIn = (state: string) => join(state, 'history.sqlite');

/** Whether the state folder remembers anything yet. Throws HISTORY_UNREADABLE when nobody can tell. */
export function hasHistory(state: string): boolean {
  const path = pathIn(state);
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw pipelineError('HISTORY_UNREADABLE', { path, why: messageOf(error) }, error);
  }
}

/**
 * Opens the file in the state folder that remembers what was published when. An entry is one indicator with what stood of
 * it in which exporters, from the release `since` up to, not including, the release `until` (null: to this day). A release
 * therefore costs what it changes, and what was live at any time is a question to one table. Who may not write gets it to
 * read; throws HISTORY_UNREADABLE when that is not possible either.
 */
export function openHistory(state: string): DatabaseSync {
  const path = pathIn(state);
  try {
    return openToWrite(path);
  } catch (error) {
    // Reading says what is wrong when it is more than that.
    return openToRead(path, error);
  }
}

function openToWrite(path: string): DatabaseSync {
  const isNew = !existsSync(path);
  const db = new DatabaseSync(path, { timeout: PATIENCE });
  try {
    // It holds values that may not be shown to everybody on this machine.
    if (isNew) chmodSync(path, 0o600);
    writeAhead(db, PATIENCE);
    db.exec(`PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS release (
        id INTEGER PRIMARY KEY, state TEXT NOT NULL, fingerprint TEXT NOT NULL, made TEXT NOT NULL, document TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS exporter (bit INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
      CREATE TABLE IF NOT EXISTS event (
        id INTEGER PRIMARY KEY, source TEXT NOT NULL, uuid TEXT NOT NULL, title TEXT NOT NULL, org TEXT NOT NULL,
        UNIQUE (source, uuid));
      CREATE TABLE IF NOT EXISTS entry (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, direction TEXT NOT NULL, port INTEGER NOT NULL, value TEXT NOT NULL,
        key_hash INTEGER NOT NULL, value_hash INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER,
        exporters INTEGER NOT NULL, digest INTEGER NOT NULL, events TEXT NOT NULL, cause TEXT);
      CREATE INDEX IF NOT EXISTS entry_until ON entry (until) WHERE until IS NOT NULL`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * A process that writes keeps a log beside the file, which is read as well. Where there is none, SQLite would want to make
 * one, so it is told that the file stands still.
 */
function openToRead(path: string, notWritten: unknown): DatabaseSync {
  const url = pathToFileURL(path);
  if (!existsSync(`${path}-wal`)) url.search = '?immutable=1';
  try {
    const db = new DatabaseSync(url, { readOnly: true, timeout: PATIENCE });
    // The table that is made last: where it is missing, the disk had no room for all of them.
    db.prepare('SELECT max(id) FROM entry').get();
    return db;
  } catch (error) {
    throw pipelineError('HISTORY_UNREADABLE', { path, why: messageOf(error) }, notWritten);
  }
}

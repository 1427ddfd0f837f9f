import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens the file in the state folder that remembers what was published when. An entry is one indicator with what stood of
 * it in which exporters, from the release `since` up to, not including, the release `until` (null: to this day). A release
 * therefore costs what it changes, and what was live at any time is a question to one table.
 */
export function openHistory(state: string): DatabaseSync {
  const path = join(state, 'history.sqlite');
  const db = new DatabaseSync(path);
  // It holds values that may not be shown to everybody on this machine.
  chmodSync(path, 0o600);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;
    CREATE TABLE IF NOT EXISTS release (
      id INTEGER PRIMARY KEY, state TEXT NOT NULL, fingerprint TEXT NOT NULL, made TEXT NOT NULL, document TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS exporter (bit INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS event (
      id INTEGER PRIMARY KEY, source TEXT NOT NULL, uuid TEXT NOT NULL, title TEXT NOT NULL, org TEXT NOT NULL,
      UNIQUE (source, uuid));
    CREATE TABLE IF NOT EXISTS entry (
      kind TEXT NOT NULL, direction TEXT NOT NULL, port INTEGER NOT NULL, value TEXT NOT NULL, since INTEGER NOT NULL,
      until INTEGER, exporters INTEGER NOT NULL, digest INTEGER NOT NULL, events TEXT NOT NULL, cause TEXT,
      PRIMARY KEY (kind, direction, port, value, since)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS entry_until ON entry (until) WHERE until IS NOT NULL`);
  return db;
}

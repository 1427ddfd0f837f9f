import type { DatabaseSync } from 'node:sqlite';
import { messageOf } from './errors.ts';

/** Milliseconds between two attempts. */
const PAUSE = 5;

/**
 * Has a database write into a log beside its file, so that others can read meanwhile. Of processes that make a file at once,
 * SQLite refuses this to some without waiting, whatever its `timeout` says; so it is asked again, for `patience` milliseconds.
 */
export function writeAhead(db: DatabaseSync, patience: number): void {
  const end = performance.now() + patience;
  for (;;) {
    try {
      db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!messageOf(error).includes('database is locked') || performance.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

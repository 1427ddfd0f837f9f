import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipelineError } from '../errors.ts';

/** Holds a state folder for one run. */
export interface StateLock {
  release(): void;
}

/**
 * Takes the state folder, or throws LOCK_HELD. The lock is SQLite's own lock on a file: the operating system drops it
 * when the process ends, however it ends, so there is no stale lock to clear after a crash.
 */
export function lockState(state: string, now: Date): StateLock {
  const holder = join(state, 'lock.holder');
  const db = new DatabaseSync(join(state, 'lock.sqlite'));
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!/locked|busy/i.test(String(error))) throw error;
    throw pipelineError('LOCK_HELD', { state, holder: describe(holder) }, error);
  }
  writeFileSync(holder, `process ${process.pid} since ${now.toISOString()}`);
  return { release: () => db.close() };
}

function describe(holder: string): string {
  try {
    return readFileSync(holder, 'utf8');
  } catch {
    // The other run has only just begun; its name does not matter enough to wait for.
    return 'a run that has only just begun';
  }
}

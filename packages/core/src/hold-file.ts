import { DatabaseSync } from 'node:sqlite';
import { messageOf, pipelineError } from './errors.ts';

/** A file that only this process has. */
export interface HeldFile {
  release(): void;
}

/**
 * Takes a file, which is made when it is not there; undefined when somebody has it. What holds it is SQLite's lock of the
 * operating system, which ends with the process, however it ends, so nothing stale is ever left by a crash.
 *
 * The right to write next is taken, and nothing is written. Of several that begin at once exactly one gets it. Locks that
 * wait for others to stop reading, as `BEGIN EXCLUSIVE` does, can be refused to all of them. Throws STATE_UNUSABLE when the
 * file can be neither opened nor made.
 */
export function holdFile(path: string): HeldFile | undefined {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path);
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE');
  } catch (error) {
    db?.close();
    const why = messageOf(error);
    if (why.includes('database is locked')) return undefined;
    throw pipelineError('STATE_UNUSABLE', { path, why }, error);
  }
  return { release: () => db.close() };
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Journal, loadJournal, removeJournal } from './journal.ts';
import { saveRecord } from './record.ts';
import { clearAsides, clearCopies, switchBack } from './switch.ts';

/** What became of a placing that was killed. */
export interface Recovery {
  /** `undone`: all files are as they were before it. `finished`: all are new. */
  readonly outcome: 'undone' | 'finished';
  /** Absolute paths that it was about. */
  readonly targets: readonly string[];
}

/** How far a placing that was killed has come; undefined when there is none, or nothing was to be placed. */
export function killedPlacing(stateDir: string): Journal['phase'] | undefined {
  const journal = loadJournal(stateDir);
  return journal === undefined || journal.moves.length === 0 ? undefined : journal.phase;
}

/**
 * Ends a placing that was killed: a placing that was not finished is undone, because nobody knows whether an engine
 * confirmed it. Undefined when there was none. May be killed and called again at any point.
 */
export function recoverPlacing(stateDir: string): Recovery | undefined {
  rmSync(join(stateDir, 'scratch'), { recursive: true, force: true });
  const journal = loadJournal(stateDir);
  if (journal === undefined) return undefined;
  const targets = journal.moves.map(({ target }) => target);
  if (journal.phase === 'done') {
    settle(stateDir, journal);
    return { outcome: 'finished', targets };
  }
  if (journal.phase === 'copying') clearCopies(journal);
  else switchBack(journal);
  removeJournal(stateDir);
  return { outcome: 'undone', targets };
}

/** Remembers what is placed and clears away the old files. May be killed and called again at any point. */
export function settle(stateDir: string, { moves, record }: Journal): void {
  saveRecord(stateDir, record);
  clearAsides(moves);
  removeJournal(stateDir);
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sync } from '../output/sync.ts';
import { loadJson, placedFiles, saveJson } from './record.ts';

const move = z.strictObject({
  /** What the engine reads; absolute. */
  target: z.string(),
  /** The new file, complete, in the folder of the target. Left out: nothing may stand at the target any more. */
  temp: z.string().optional(),
  /** Second name of what stood at the target, in the same folder. */
  aside: z.string(),
  /** Whether something stood at the target. */
  existed: z.boolean(),
  /** Where what stood there stays in the end; left out: it goes. */
  keepAs: z.string().optional(),
});

const journal = z.strictObject({
  /**
   * `copying`: new files are written beside the targets. `switching`: targets may be old or new. `done`: all are new, and
   * what was kept of the old is cleared away.
   */
  phase: z.enum(['copying', 'switching', 'done']),
  /** In the order of switching. */
  moves: z.array(move),
  /** Folders that are made for the new files, the outermost first. */
  folders: z.array(z.string()),
  /** What is placed when all is done. */
  record: placedFiles,
});

/** What happens to one target. */
export type Move = z.output<typeof move>;

/** Everything that is needed to go on, or back, after a crash. It exists as long as a placing is under way. */
export type Journal = z.output<typeof journal>;

const journalOf = (stateDir: string) => join(stateDir, 'journal.json');

export function loadJournal(stateDir: string): Journal | undefined {
  return loadJson(journalOf(stateDir), journal);
}

export function saveJournal(stateDir: string, content: Journal): void {
  saveJson(journalOf(stateDir), content);
}

export function removeJournal(stateDir: string): void {
  rmSync(journalOf(stateDir), { force: true });
  sync(stateDir);
}

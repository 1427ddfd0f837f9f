import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipelineError } from '../errors.ts';
import { type HeldFile, holdFile } from '../hold-file.ts';

/** Takes the state folder for one run, or throws LOCK_HELD. */
export function lockState(state: string, now: Date): HeldFile {
  const holder = join(state, 'lock.holder');
  const held = holdFile(join(state, 'lock.sqlite'));
  if (held === undefined) throw pipelineError('LOCK_HELD', { state, holder: describe(holder) });
  writeFileSync(holder, `process ${process.pid} since ${now.toISOString()}`);
  return held;
}

function describe(holder: string): string {
  try {
    return readFileSync(holder, 'utf8');
  } catch {
    // The other run has only just begun; its name does not matter enough to wait for.
    return 'a run that has only just begun';
  }
}

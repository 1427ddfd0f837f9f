import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const PREFIX = '.building-';

/**
 * Makes a folder for a build inside the folder of an index, for its owner alone, and removes what killed processes have left
 * of theirs: whoever builds has the state folder, so no other one is in use. The number of a process would not tell: in
 * containers they are the same again and again.
 */
export function makeBuildingFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) {
    if (name.startsWith(PREFIX)) rmSync(join(folder, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(folder, PREFIX));
}

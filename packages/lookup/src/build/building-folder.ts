import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '@misp-pipeline/core';

const NAME = /^\.building-(\d+)-/;

/**
 * Makes a folder of this process inside the folder of an index, for its owner alone, and removes what killed processes have
 * left of theirs.
 */
export function makeBuildingFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) {
    const pid = NAME.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(folder, `.building-${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else may not be signalled, but is there.
    return errorCode(error) === 'EPERM';
  }
}

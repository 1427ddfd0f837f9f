import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Lends a folder, below `parent`, to an action. It is gone afterwards. */
export async function inScratch<T>(action: (dir: string) => Promise<T>, parent = tmpdir()): Promise<T> {
  mkdirSync(parent, { recursive: true });
  const dir = mkdtempSync(join(parent, 'sigma-'));
  try {
    return await action(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Puts links to files into a new folder of that name and returns its path. The files have different names. */
export function linked(dir: string, name: string, files: readonly string[]): string {
  const folder = join(dir, name);
  mkdirSync(folder);
  for (const file of files) symlinkSync(file, join(folder, basename(file)));
  return folder;
}

/** Writes a file for the engine and returns its path. */
export function written(dir: string, name: string, text: string): string {
  const file = join(dir, name);
  writeFileSync(file, text);
  return file;
}

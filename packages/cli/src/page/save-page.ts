import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Replaces the file as a whole. Only its owner may read it, since the page holds values that not everybody may see. */
export function savePage(path: string, page: string): void {
  const next = `${path}.next`;
  rmSync(next, { force: true });
  writeFileSync(next, page, { mode: 0o600, flag: 'wx' });
  renameSync(next, path);
}

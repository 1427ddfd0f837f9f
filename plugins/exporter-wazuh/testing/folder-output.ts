import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Published files of a folder, for the model of the manager. */
export function folderOutput(dir: string): { text(path: string): string; has(path: string): boolean } {
  return {
    text: (path) => readFileSync(join(dir, path), 'utf8'),
    has: (path) => existsSync(join(dir, path)),
  };
}

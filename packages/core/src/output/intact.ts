import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from './digest.ts';
import { type Manifest, manifestText } from './manifest.ts';

/** Whether a folder holds exactly what the manifest says, and the manifest itself. */
export function isIntact(folder: string, manifest: Manifest): boolean {
  try {
    if (readFileSync(join(folder, 'manifest.json'), 'utf8') !== manifestText(manifest)) return false;
    return manifest.files.every(({ path, sha256 }) => digestOf(join(folder, path)) === sha256);
  } catch {
    // A file is gone or cannot be read: not intact.
    return false;
  }
}

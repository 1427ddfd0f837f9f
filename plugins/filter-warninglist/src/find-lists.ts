import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A file that should hold a list. */
export interface ListFile {
  readonly slug: string;
  readonly path: string;
}

/**
 * The list files under a path: one file, a folder of `*.json` files, or a folder in the layout of
 * MISP/misp-warninglists (`<slug>/list.json`, or the checkout above it). Throws when there are none.
 */
export function findLists(path: string): readonly ListFile[] {
  if (!statSync(path).isDirectory()) return [listFile(path)];
  const entries = readdirSync(path, { withFileTypes: true });
  if (entries.some((entry) => entry.isDirectory() && entry.name === 'lists')) return findLists(join(path, 'lists'));
  const files: ListFile[] = [];
  for (const entry of entries) {
    const inside = join(path, entry.name, 'list.json');
    if (entry.name.endsWith('.json') && !entry.isDirectory()) files.push(listFile(join(path, entry.name)));
    else if (statSync(inside, { throwIfNoEntry: false })) files.push(listFile(inside));
  }
  if (files.length === 0) throw new Error('the folder holds no warninglist');
  return files;
}

/** A list is named after its folder when its file is `list.json`, else after the file. */
function listFile(path: string): ListFile {
  const name = basename(path, '.json');
  return { slug: name === 'list' ? basename(dirname(path)) : name, path };
}

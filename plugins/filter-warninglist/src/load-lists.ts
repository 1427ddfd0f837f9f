import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '@misp-pipeline/core';
import { parseList, type Warninglist } from './list-file.ts';

/** A file that should hold a list. */
interface ListFile {
  readonly slug: string;
  readonly path: string;
}

/**
 * Reads all lists that `isWanted` accepts by slug, sorted by slug. A path is one list file, a folder of `*.json` files,
 * or a folder in the layout of MISP/misp-warninglists (`<slug>/list.json`, or the checkout above it). Throws one error
 * that names every file that cannot be used: a list that is silently missing shows up as false alarms.
 */
export function loadLists(paths: readonly string[], isWanted: (slug: string) => boolean): Warninglist[] {
  const faults: string[] = [];
  const files = new Map<string, string>();
  for (const path of paths) {
    try {
      for (const file of findLists(path)) {
        const other = files.get(file.slug);
        if (other !== undefined) faults.push(`\`${file.path}\` has the same name as \`${other}\``);
        files.set(file.slug, file.path);
      }
    } catch (error) {
      faults.push(`\`${path}\` cannot be read: ${messageOf(error)}`);
    }
  }
  const lists: Warninglist[] = [];
  for (const slug of [...files.keys()].filter(isWanted).sort()) {
    const path = files.get(slug) ?? '';
    try {
      lists.push(parseList(slug, readFileSync(path, 'utf8')));
    } catch (error) {
      faults.push(`\`${path}\` ${messageOf(error)}`);
    }
  }
  if (faults.length > 0) throw new Error(`warninglists cannot be used\n  ${faults.join('\n  ')}`);
  return lists;
}

function findLists(path: string): ListFile[] {
  if (!statSync(path).isDirectory()) return [fileOf(path)];
  const inside = readdirSync(path, { withFileTypes: true });
  if (inside.some((entry) => entry.isDirectory() && entry.name === 'lists')) return findLists(join(path, 'lists'));
  const files: ListFile[] = [];
  for (const entry of inside) {
    const own = join(path, entry.name);
    if (!entry.isDirectory()) {
      if (entry.name.endsWith('.json')) files.push(fileOf(own));
    } else if (statSync(join(own, 'list.json'), { throwIfNoEntry: false })) files.push(fileOf(join(own, 'list.json')));
  }
  if (files.length === 0) throw new Error('the folder holds no warninglist');
  return files;
}

/** A list is named after its folder when its file is `list.json`, else after the file. */
function fileOf(path: string): ListFile {
  const name = basename(path, '.json');
  return { slug: name === 'list' ? basename(dirname(path)) : name, path };
}

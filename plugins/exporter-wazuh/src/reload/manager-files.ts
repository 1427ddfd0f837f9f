import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of published files that go to a manager, each into the folder of that name below `etc`. */
const FOLDERS = ['lists', 'decoders', 'rules'] as const;

/** A published file that goes to a manager. */
export interface ManagerFile {
  readonly folder: (typeof FOLDERS)[number];
  readonly name: string;
  /** Relative to the published folder, and to `etc` on the manager. */
  readonly path: string;
}

/** The files of a generation that go to a manager: lists first and rules last, since rules name the others. */
export function managerFiles(dir: string): readonly ManagerFile[] {
  return FOLDERS.flatMap((folder) => {
    if (!existsSync(join(dir, folder))) return [];
    return readdirSync(join(dir, folder))
      .sort()
      .map((name) => ({ folder, name, path: `${folder}/${name}` }));
  });
}

/** Files that an earlier generation had and the live one has not; rules first, since they name the others. */
export function goneFiles(dir: string, previousDir: string | undefined): readonly ManagerFile[] {
  if (previousDir === undefined) return [];
  const live = new Set(managerFiles(dir).map(({ path }) => path));
  return managerFiles(previousDir)
    .filter(({ path }) => !live.has(path))
    .reverse();
}

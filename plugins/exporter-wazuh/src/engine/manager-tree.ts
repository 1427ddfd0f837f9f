import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import type { Staged } from '@misp-pipeline/core';
import { withLists } from './ossec-conf.ts';

/** What a manager needs of its folder to read its configuration, decoders, rules and lists; keys of agents are not in it. */
const NEEDED = [
  'etc/ossec.conf',
  'etc/internal_options.conf',
  'etc/local_internal_options.conf',
  'etc/decoders',
  'etc/lists',
  'etc/rules',
  'ruleset',
];

/** Folders that it writes into when it starts, if only its list of active responses. */
const WRITTEN = ['etc/shared', 'etc/lists', 'logs'];

/** Where staged files go on the manager; others are not for it. */
const PLACES: Readonly<Record<string, string>> = {
  lists: 'etc/lists',
  rules: 'etc/rules',
  decoders: 'etc/decoders',
};

/** Whether a folder is that of a manager. */
export function isManagerHome(home: string): boolean {
  return existsSync(join(home, 'etc/ossec.conf'));
}

/**
 * Makes a copy of a manager's folder with the staged files in it, and removes it after `use`. The manager makes the folder
 * its root and gives up its rights before it reads rules and compiles lists there. So everyone may read the copy, and
 * write where the manager does; but it lies in a folder that only its owner can enter.
 */
export async function withManagerTree<T>(home: string, staged: Staged, use: (tree: string) => Promise<T>): Promise<T> {
  const around = mkdtempSync(join(tmpdir(), 'misp-pipeline-wazuh-'));
  try {
    const tree = join(around, 'manager');
    for (const part of NEEDED) copy(join(home, part), join(tree, part));
    for (const part of WRITTEN) mkdirSync(join(tree, part), { recursive: true });
    for (const file of staged.files) {
      const place = PLACES[dirname(file)];
      if (place !== undefined) copy(join(staged.dir, file), join(tree, place, basename(file)));
    }
    const configuration = join(tree, 'etc/ossec.conf');
    const lists = staged.files.filter((file) => dirname(file) === 'lists').map((file) => `etc/${file}`);
    writeFileSync(configuration, withLists(readFileSync(configuration, 'utf8'), lists));
    letEveryoneIn(tree);
    return await use(tree);
  } finally {
    rmSync(around, { recursive: true, force: true });
  }
}

/** Copies a file or folder, if it exists, without compiled lists: they are compiled anew. */
function copy(from: string, to: string): void {
  if (!existsSync(from)) return;
  cpSync(from, to, { recursive: true, dereference: true, filter: (path) => !path.endsWith('.cdb') });
}

function letEveryoneIn(tree: string): void {
  chmodSync(tree, 0o755);
  for (const entry of readdirSync(tree, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const isWritten = WRITTEN.some((part) => relative(tree, path).startsWith(part));
    chmodSync(path, entry.isDirectory() ? (isWritten ? 0o777 : 0o755) : 0o644);
  }
}

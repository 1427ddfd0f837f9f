import { closeSync, fchmodSync, fchownSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../error-code.ts';
import { syncAll } from '../output/sync.ts';
import { explained, explanation, placingError } from './error.ts';
import type { Move } from './journal.ts';
import { type Attributes, forFolder } from './owner.ts';
import { verifiedPiecesOf } from './standing.ts';

/** What a new file is made of. */
export interface Content {
  /** File with the bytes. */
  readonly source: string;
  readonly sha256: string;
  readonly attributes: Attributes;
}

/** What happens to one target, and what the new file there is made of. */
export interface Step {
  readonly move: Move;
  readonly content?: Content;
}

/** Makes folders and writes all new files beside their targets, to last through a loss of power. */
export async function copyAll(
  steps: readonly Step[],
  folders: ReadonlyMap<string, Attributes>,
  signal: AbortSignal,
): Promise<void> {
  for (const [folder, attributes] of folders) explained(folder, () => makeFolder(folder, attributes));
  const copies: string[] = [];
  for (const { move, content } of steps) {
    signal.throwIfAborted();
    if (move.temp === undefined || content === undefined) continue;
    const { temp, target } = move;
    explained(target, () => copyTo(temp, target, content));
    copies.push(temp);
  }
  try {
    await syncAll([...folders.keys(), ...copies, ...new Set(copies.map((copy) => dirname(copy)))]);
  } catch (error) {
    throw explanation(error, copies[0] ?? '');
  }
}

/** The file is made new, never through a symlink, and is nobody else's to read before it has its permissions. */
function copyTo(temp: string, target: string, { source, sha256, attributes }: Content): void {
  const descriptor = openSync(temp, 'wx', 0o600);
  try {
    for (const piece of verifiedPiecesOf(source, sha256)) writeWhole(descriptor, piece);
    give(target, attributes, () => fchownSync(descriptor, attributes.uid, attributes.gid));
    fchmodSync(descriptor, attributes.mode);
  } finally {
    closeSync(descriptor);
  }
}

function writeWhole(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}

function makeFolder(folder: string, attributes: Attributes): void {
  mkdirSync(folder, 0o700);
  const descriptor = openSync(folder, 'r');
  try {
    const { uid, gid, mode } = forFolder(attributes);
    give(folder, attributes, () => fchownSync(descriptor, uid, gid));
    fchmodSync(descriptor, mode);
  } finally {
    closeSync(descriptor);
  }
}

function give(path: string, { uid, gid }: Attributes, action: () => void): void {
  if (uid === -1 && gid === -1) return;
  try {
    action();
  } catch (error) {
    if (errorCode(error) !== 'EPERM') throw error;
    const whom = [uid === -1 ? [] : [`user ${uid}`], gid === -1 ? [] : [`group ${gid}`]].flat().join(' and ');
    throw placingError(
      `\`${path}\` cannot be given to ${whom}: only root may`,
      'Run as root, or leave `owner` out and `group` to a group that the user of the pipeline belongs to.',
      error,
    );
  }
}

import { lstatSync, lutimesSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../error-code.ts';
import { sync } from '../output/sync.ts';
import { explained, placingError } from './error.ts';
import type { Journal, Move } from './journal.ts';
import { statAt } from './standing.ts';
import { twin, unfinished } from './twin.ts';

/** Gives everything that stands at a target a second name, before anything is switched. */
export function setAside(moves: readonly Move[]): void {
  for (const { target, temp, aside, existed } of moves) {
    const isThere = stands(target);
    if (existed !== isThere && (existed || temp !== undefined))
      throw placingError(`\`${target}\` came or went while files were placed`, 'Run the pipeline again.');
    if (existed) explained(target, () => twin(target, aside));
  }
  syncFoldersOf(moves);
}

/** Puts the new files in the place of the old, one rename after the other. */
export function switchOver(moves: readonly Move[]): void {
  for (const { target, temp } of moves)
    explained(target, () => (temp === undefined ? drop(target) : put(temp, target)));
  syncFoldersOf(moves);
}

/** Puts everything back. May be called at any point of a switch, and again after it was killed. */
export function switchBack({ moves, folders }: Journal): void {
  for (const move of moves.toReversed()) explained(move.target, () => moveBack(move));
  syncFoldersOf(moves);
  removeFolders(folders);
}

/** Removes new files that were not switched. */
export function clearCopies({ moves, folders }: Journal): void {
  for (const { temp } of moves) if (temp !== undefined) dropTwin(temp);
  removeFolders(folders);
}

/** Clears away what was kept of the old files, or moves it to where it stays. */
export function clearAsides(moves: readonly Move[]): void {
  for (const { aside, keepAs } of moves) {
    if (keepAs !== undefined && stands(aside) && !stands(keepAs)) renameSync(aside, keepAs);
    dropTwin(aside);
  }
  syncFoldersOf(moves);
}

function moveBack({ target, temp, aside, existed }: Move): void {
  const isSwitched = temp === undefined || !stands(temp);
  if (stands(aside)) {
    if (!isSame(aside, target)) put(aside, target);
  } else if (!existed && isSwitched) drop(target);
  dropTwin(aside);
  if (temp !== undefined) dropTwin(temp);
}

/**
 * Engines compare times in whole seconds to see whether what they compiled is still good. A file that is put in place is
 * therefore newer than anything that was compiled from the file before it, up to this very second.
 */
function put(file: string, target: string): void {
  const soon = Date.now() / 1000 + 1;
  try {
    lutimesSync(file, soon, soon);
  } catch (error) {
    // Only the owner may set times; to put the file in its place is worth more.
    if (errorCode(error) !== 'EPERM') throw error;
  }
  renameSync(file, target);
}

function dropTwin(path: string): void {
  drop(path);
  drop(unfinished(path));
}

/** Looks first: a file system that is read-only refuses to remove even what is not there. */
function drop(path: string): void {
  if (stands(path)) unlinkSync(path);
}

function stands(path: string): boolean {
  return statAt(path) !== undefined;
}

function isSame(one: string, other: string): boolean {
  const a = lstatSync(one);
  const b = lstatSync(other, { throwIfNoEntry: false });
  return b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

/** Removes folders that are empty; the innermost first. */
function removeFolders(folders: readonly string[]): void {
  for (const folder of folders.toReversed()) {
    try {
      if (stands(folder)) rmdirSync(folder);
    } catch (error) {
      // Somebody else has put something into it.
      if (errorCode(error) !== 'ENOTEMPTY') throw error;
    }
  }
}

function syncFoldersOf(moves: readonly Move[]): void {
  for (const folder of new Set(moves.map(({ target }) => dirname(target)))) if (stands(folder)) sync(folder);
}

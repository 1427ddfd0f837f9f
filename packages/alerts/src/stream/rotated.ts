import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LogFile } from './log-file.ts';
import type { Position } from './position.ts';

/** Compressed copies are not read; `delaycompress` of logrotate leaves the newest as it is. */
const COMPRESSED = /\.(gz|bz2|xz|zst|lz4)$/;

/**
 * Logs beside `path` that hold what came after the position, the earliest first: the one that it lies in, and those that
 * are younger. Empty when `path` itself holds the position, or nothing does.
 */
export async function rotatedSince(path: string, at: Position, maxLine: number): Promise<readonly string[]> {
  if (await isAt(path, at, maxLine)) return [];
  const siblings = await siblingsOf(path);
  for (const [i, sibling] of siblings.entries()) {
    if (await isAt(sibling, at, maxLine)) return siblings.slice(i);
  }
  return [];
}

/** Copy of a log that was cut off, as `copytruncate` makes it; undefined when there is none. */
export async function copyOf(path: string, at: Position, maxLine: number): Promise<string | undefined> {
  return (await rotatedSince(path, at, maxLine))[0];
}

async function isAt(path: string, at: Position, maxLine: number): Promise<boolean> {
  // Every log holds the position at its very beginning.
  if (at.headBytes === 0) return false;
  const log = await LogFile.open(path, at, maxLine);
  await log?.close();
  return log !== undefined && log.position.offset === at.offset;
}

/** Files beside `path` whose names begin with its name, the one that was written to the longest ago first. */
async function siblingsOf(path: string): Promise<readonly string[]> {
  const name = basename(path);
  const names = (await readdir(dirname(path))).filter(
    (other) => other !== name && other.startsWith(name) && !COMPRESSED.test(other),
  );
  const dated = await Promise.all(
    names.map(async (other) => {
      const sibling = join(dirname(path), other);
      return { sibling, written: (await stat(sibling)).mtimeMs };
    }),
  );
  return dated.sort((a, b) => a.written - b.written).map(({ sibling }) => sibling);
}

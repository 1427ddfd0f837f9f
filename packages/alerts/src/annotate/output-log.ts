import { constants } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isMissing } from '@misp-pipeline/misp';
import { LogFile } from '../stream/log-file.ts';
import { holds, type Position, positionAt } from '../stream/position.ts';

const { O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK } = constants;
/** Logs of a sensor name inner addresses, so nobody but owner and group reads them. */
const MODE = 0o640;
/** A line of a stream may have 1 MiB; its annotation has a bound far below. */
const LONGEST_WRITTEN = 2 * 1024 * 1024;
const NEWLINE = 10;

/** Opens a log to which lines are appended, and ends a last line that another program did not end. */
export async function openLog(path: string): Promise<FileHandle> {
  const log = await open(path, O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK, MODE);
  try {
    const status = await log.stat();
    if (!status.isFile()) throw new Error(`\`${path}\` is no regular file`);
    if (status.size > 0) {
      const last = Buffer.alloc(1);
      await log.read(last, 0, 1, status.size - 1);
      if (last[0] !== NEWLINE) await log.write('\n');
    }
    return log;
  } catch (error) {
    await log.close();
    throw error;
  }
}

/** The end of a log. */
export async function endOf(log: FileHandle): Promise<Position> {
  const { ino, size } = await log.stat();
  return positionAt(log, ino, size);
}

/**
 * Lines that were written after a position, which a program that was killed did not note. A line that it did not write
 * to its end is taken away. Nobody has read such a line, for readers wait for its end.
 */
export async function linesAfter(path: string, at: Position): Promise<readonly string[]> {
  const log = await LogFile.open(path, at, LONGEST_WRITTEN);
  if (log === undefined) return [];
  const written: string[] = [];
  try {
    for (let lines = await log.read(); lines !== undefined; lines = await log.read()) written.push(...lines.lines);
    await cutOff(path, log.position.offset);
  } finally {
    await log.close();
  }
  return written;
}

async function cutOff(path: string, size: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    if ((await file.stat()).size > size) await file.truncate(size);
  } finally {
    await file.close();
  }
}

/** The file of a position: `path`, or a name beside it to which it was rotated away. Undefined when there is none. */
export async function fileOf(path: string, at: Position): Promise<string | undefined> {
  const folder = dirname(path);
  const names = (await readdir(folder)).filter((name) => name.startsWith(basename(path)));
  for (const name of names) {
    const candidate = join(folder, name);
    if (await isFileOf(candidate, at)) return candidate;
  }
  return undefined;
}

async function isFileOf(path: string, at: Position): Promise<boolean> {
  const status = await stat(path).catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (status === undefined || !status.isFile() || status.ino !== at.inode) return false;
  const file = await open(path, 'r');
  try {
    return await holds(file, at);
  } finally {
    await file.close();
  }
}

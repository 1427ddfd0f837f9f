import { setTimeout as sleep } from 'node:timers/promises';
import { type Lines, MAX_LINE } from './lines.ts';
import { LogFile } from './log-file.ts';
import { type FileOptions, toEnd } from './read-file.ts';
import { copyOf, rotatedSince } from './rotated.ts';

export interface FollowOptions extends FileOptions {
  /** Milliseconds between two looks at a log that says nothing new. */
  readonly poll?: number;
}

const POLL = 250;

/**
 * Lines of a log as they are written, like `tail -F`: waits for a log that is not there yet, reads a renamed one to its
 * end before the new one, and finds the copy of one that was cut off (`copytruncate`). What is written between the copy
 * and the cut is lost to every reader. Ends when the signal aborts.
 */
export async function* followFile(path: string, options: FollowOptions): AsyncGenerator<Lines> {
  const { signal, maxLine = MAX_LINE, poll = POLL } = options;
  let { from } = options;
  for (const earlier of from === undefined ? [] : await rotatedSince(path, from, maxLine)) {
    const log = await LogFile.open(earlier, from, maxLine);
    from = undefined;
    if (log !== undefined) yield* toEnd(log, signal);
  }
  while (!signal.aborted) {
    const log = await LogFile.open(path, from, maxLine);
    if (log === undefined) {
      await pause(poll, signal);
      continue;
    }
    from = undefined;
    yield* untilMoved(log, path, { signal, maxLine, poll });
  }
}

/** Lines of a log until another one has its name; closes it. */
async function* untilMoved(
  log: LogFile,
  path: string,
  { signal, maxLine, poll }: { signal: AbortSignal; maxLine: number; poll: number },
): AsyncGenerator<Lines> {
  try {
    let wasMoved = false;
    while (!signal.aborted) {
      if (await log.wasTruncated()) {
        const copy = await copyOf(path, log.position, maxLine);
        const rest = copy === undefined ? undefined : await LogFile.open(copy, log.position, maxLine);
        if (rest !== undefined) yield* toEnd(rest, signal);
        await log.restart();
      }
      const lines = await log.read();
      if (lines !== undefined) {
        yield lines;
        continue;
      }
      // Its writer may write on for a moment after the log was renamed.
      if (wasMoved) break;
      wasMoved = await log.wasMovedFrom(path);
      await pause(poll, signal);
    }
    const rest = signal.aborted ? undefined : await log.readRest(() => true);
    if (rest !== undefined) yield rest;
  } finally {
    await log.close();
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // The signal: the caller looks at it.
  }
}

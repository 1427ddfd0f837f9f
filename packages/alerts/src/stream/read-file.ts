import { type Lines, MAX_LINE, type StreamOptions } from './lines.ts';
import { LogFile } from './log-file.ts';
import type { Position } from './position.ts';
import { rotatedSince } from './rotated.ts';

export interface FileOptions extends StreamOptions {
  /** Where to read on; from the beginning when left out, or when no file holds it any more. */
  readonly from?: Position | undefined;
}

/**
 * Lines of a log from a position to its end, beginning with what was rotated away since. A last line without an end is
 * handed on if it is whole, which nobody knows better than JSON itself: no half of an object is one.
 */
export async function* readFile(path: string, options: FileOptions): AsyncGenerator<Lines> {
  const { from, maxLine = MAX_LINE, signal } = options;
  const earlier = from === undefined ? [] : await rotatedSince(path, from, maxLine);
  for (const [i, file] of [...earlier, path].entries()) {
    const log = await LogFile.open(file, i === 0 ? from : undefined, maxLine);
    if (log === undefined) throw new Error(`there is no file \`${path}\``);
    yield* toEnd(log, signal);
  }
}

/** The rest of a log that nobody writes to any more; closes it. */
export async function* toEnd(log: LogFile, signal: AbortSignal): AsyncGenerator<Lines> {
  try {
    while (!signal.aborted) {
      const lines = (await log.read()) ?? (await log.readRest(isJson));
      if (lines === undefined) return;
      yield lines;
    }
  } finally {
    await log.close();
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // Which is the answer.
  }
}

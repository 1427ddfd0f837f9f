import { resolve } from 'node:path';
import { followFile } from './follow-file.ts';
import type { Lines } from './lines.ts';
import { listen } from './listen.ts';
import type { Position } from './position.ts';
import { readFile } from './read-file.ts';
import { readInput } from './read-input.ts';

/** Where alerts come from: stdin when neither a file nor a socket is named. */
export interface StreamChoice {
  readonly file?: string | undefined;
  /** Whether to read on as the file grows. */
  readonly follow?: boolean | undefined;
  readonly socket?: string | undefined;
}

/** Name of a stream, under which its position is kept. */
export function streamName({ file, socket }: StreamChoice): string {
  if (socket !== undefined) return `socket ${resolve(socket)}`;
  return file === undefined ? 'stdin' : `file ${resolve(file)}`;
}

/** Opens a stream, a file at the position if that is still to be found. */
export function openStream(
  { file, follow = false, socket }: StreamChoice,
  from: Position | undefined,
  signal: AbortSignal,
): AsyncIterable<Lines> {
  if (socket !== undefined) return listen(socket, { signal });
  if (file === undefined) return readInput(process.stdin, { signal });
  return follow ? followFile(file, { from, signal }) : readFile(file, { from, signal });
}

import type { Readable } from 'node:stream';
import { LineSplitter } from './line-splitter.ts';
import { type Lines, MAX_LINE, type StreamOptions } from './lines.ts';

/** Lines of a pipe, such as stdin, until it ends or the signal aborts. It cannot be read again. */
export async function* readInput(input: Readable, options: StreamOptions): AsyncGenerator<Lines> {
  const { signal, maxLine = MAX_LINE } = options;
  const splitter = new LineSplitter(maxLine);
  const stop = () => input.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of input) {
      const lines = splitter.push(Buffer.from(chunk));
      const overlong = splitter.takeOverlong();
      if (lines.length + overlong > 0) yield { lines, overlong, position: undefined };
      if (signal.aborted) return;
    }
    const rest = splitter.rest();
    const overlong = splitter.takeOverlong();
    if (rest !== undefined || overlong > 0)
      yield { lines: rest === undefined ? [] : [rest], overlong, position: undefined };
  } catch (error) {
    // A stream that is destroyed while it is read says so with an error.
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Position } from '../stream/position.ts';
import { endOf, fileOf, linesAfter, openLog } from './output-log.ts';
import type { Progress } from './progress.ts';
import { type Sink, textOfLines } from './sink.ts';

/**
 * Appends annotated lines to a log, so that each line of a file gets there once, whatever ends the program. After the lines
 * of some input are on the disk, the positions in both are noted together. Lines that a killed program wrote and did not
 * note are found after the noted end of the log; what they were made of is read again and not written again.
 */
export class LogSink implements Sink {
  readonly #path: string;
  readonly #stream: string;
  readonly #progress: Progress;
  #log: FileHandle;
  #input: Position | undefined;
  /** Whether lines were written and not noted yet. They all lie in one file. */
  #isUnnoted: boolean;
  #mustReopen: boolean;

  private constructor({ path, stream, progress, log, input, isUnnoted, mustReopen }: SinkParts) {
    this.#path = path;
    this.#stream = stream;
    this.#progress = progress;
    this.#log = log;
    this.#input = input;
    this.#isUnnoted = isUnnoted;
    this.#mustReopen = mustReopen;
  }

  /** `stream`: its name. Who opened the progress closes it. */
  static async open(output: string, stream: string, progress: Progress): Promise<OpenSink> {
    const path = resolve(output);
    const { mark } = progress;
    const file = mark === undefined ? undefined : await fileOf(path, mark.output);
    const after = mark === undefined || file === undefined ? [] : await linesAfter(file, mark.output);
    const isSame = mark?.stream === stream;
    const written = isSame ? after : [];
    const input = isSame ? mark.input : undefined;
    const log = await openLog(file ?? path);
    const rest = { input, isUnnoted: written.length > 0, mustReopen: file !== undefined && file !== path };
    const sink = new LogSink({ path, stream, progress, log, ...rest });
    if (!isSame) await sink.keep(undefined);
    return { sink, from: input, written };
  }

  /** Before the next lines are written, opens the log by its name again, since it was rotated away. */
  reopen(): void {
    this.#mustReopen = true;
  }

  async write(lines: readonly string[]): Promise<void> {
    if (this.#mustReopen && !this.#isUnnoted) await this.#openAgain();
    this.#isUnnoted = true;
    await this.#log.appendFile(textOfLines(lines));
  }

  async keep(input: Position | undefined): Promise<void> {
    await this.#log.datasync();
    this.#input = input;
    this.#progress.keep({ stream: this.#stream, input, output: await endOf(this.#log) });
    this.#isUnnoted = false;
  }

  async #openAgain(): Promise<void> {
    this.#mustReopen = false;
    const log = await openLog(this.#path);
    await this.#log.close();
    this.#log = log;
    await this.keep(this.#input);
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}

export interface OpenSink {
  readonly sink: LogSink;
  /** Where to read on in the stream. */
  readonly from: Position | undefined;
  /** Lines of the log that were made of what comes after {@link from}. */
  readonly written: readonly string[];
}

interface SinkParts {
  readonly path: string;
  readonly stream: string;
  readonly progress: Progress;
  readonly log: FileHandle;
  readonly input: Position | undefined;
  readonly isUnnoted: boolean;
  readonly mustReopen: boolean;
}

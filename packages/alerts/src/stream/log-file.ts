import { type FileHandle, open, stat } from 'node:fs/promises';
import { isMissing } from '@misp-pipeline/misp';
import { LineSplitter } from './line-splitter.ts';
import type { Lines } from './lines.ts';
import { furtherOn, holds, type Position, positionAt } from './position.ts';

const CHUNK = 256 * 1024;

/** A log that is open for reading, also after it was renamed. */
export class LogFile {
  readonly #file: FileHandle;
  readonly #chunk = Buffer.allocUnsafe(CHUNK);
  #splitter: LineSplitter;
  readonly #maxLine: number;
  #position: Position;
  /** Offset of the end of what was read. */
  #end: number;

  private constructor(file: FileHandle, position: Position, maxLine: number) {
    this.#file = file;
    this.#position = position;
    this.#end = position.offset;
    this.#maxLine = maxLine;
    this.#splitter = new LineSplitter(maxLine);
  }

  /** Opens a file at the position if it is the file of that position, else at its beginning. Undefined when there is none. */
  static async open(path: string, at: Position | undefined, maxLine: number): Promise<LogFile | undefined> {
    const file = await openIfThere(path);
    if (file === undefined) return undefined;
    try {
      const { ino } = await file.stat();
      const isKnown = at !== undefined && (await holds(file, at));
      return new LogFile(file, await positionAt(file, ino, isKnown ? at.offset : 0), maxLine);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** After the last whole line that was read. */
  get position(): Position {
    return this.#position;
  }

  /** The next whole lines; undefined at the end. */
  async read(): Promise<Lines | undefined> {
    for (;;) {
      const { bytesRead } = await this.#file.read(this.#chunk, 0, CHUNK, this.#end);
      if (bytesRead === 0) return undefined;
      this.#end += bytesRead;
      const lines = this.#splitter.push(this.#chunk.subarray(0, bytesRead));
      const overlong = this.#splitter.takeOverlong();
      if (lines.length + overlong > 0) return this.#handOn(lines, overlong);
    }
  }

  /** What stands after the last line end, if `isWhole` says that it is a line. */
  async readRest(isWhole: (text: string) => boolean): Promise<Lines | undefined> {
    if (this.#splitter.pending === 0 || !isWhole(this.#splitter.peek())) return undefined;
    const line = this.#splitter.rest();
    return this.#handOn(line === undefined ? [] : [line], this.#splitter.takeOverlong());
  }

  async #handOn(lines: readonly string[], overlong: number): Promise<Lines> {
    this.#position = await furtherOn(this.#file, this.#position, this.#end - this.#splitter.pending);
    return { lines, overlong, position: this.#position };
  }

  /** Whether what was read stands in the file no more: it was cut off, and may have been written anew. */
  async wasTruncated(): Promise<boolean> {
    return !(await holds(this.#file, this.#position));
  }

  /** Goes to the beginning of a file that was cut off. */
  async restart(): Promise<void> {
    this.#position = await positionAt(this.#file, this.#position.inode, 0);
    this.#end = 0;
    this.#splitter = new LineSplitter(this.#maxLine);
  }

  /** Whether another file, or none, has the path now. */
  async wasMovedFrom(path: string): Promise<boolean> {
    try {
      return (await stat(path)).ino !== this.#position.inode;
    } catch (error) {
      if (isMissing(error)) return true;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

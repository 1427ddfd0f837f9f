import type { Position } from './position.ts';

/** Some lines of a stream, in order. Nothing is read on before the reader of these asks for more. */
export interface Lines {
  readonly lines: readonly string[];
  /** Lines among them that were too long, and are left out. */
  readonly overlong: number;
  /** Where to read on after these lines; undefined for a stream that cannot be read again. */
  readonly position: Position | undefined;
}

export interface StreamOptions {
  /** Ends the stream after the lines that were handed on. */
  readonly signal: AbortSignal;
  /** Bytes that a line may have. */
  readonly maxLine?: number;
}

/** The largest alerts hold a packet and a body of HTTP; an alert of 1 MiB is none that anybody wrote. */
export const MAX_LINE = 1024 * 1024;

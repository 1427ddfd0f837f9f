import type { Position } from '../stream/position.ts';

/** Where annotated lines go. */
export interface Sink {
  /** Returns when the receiver has taken the lines, so that no more is read than is written. */
  write(lines: readonly string[]): Promise<void>;
  /** Called after all lines up to a position of the stream were written. */
  keep(input: Position | undefined): Promise<void>;
}

/** Lines as bytes. */
export function textOfLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

import { type Line, linesOf } from '@misp-pipeline/misp';
import { cellsOf, type Dialect } from './cells.ts';

/** A row of a CSV file, or what stands between the rows. */
export interface Row {
  /** Number of the line in which it begins. */
  readonly line: number;
  readonly text: string;
  /** Undefined for comments and for what cannot be read. */
  readonly cells?: readonly string[] | undefined;
  readonly isComment: boolean;
}

export interface RowDialect extends Dialect {
  /** Beginning of comment lines, or empty. */
  readonly comment: string;
}

/** A quoted cell goes over so many lines at most: a stray quote must not swallow the file. */
const MOST_LINES = 10;
const LONGEST_ROW = 65_536;

/** The rows of a file, one at a time. A row whose quote stays open is given without cells, and only its first line. */
export function* rowsOf(file: Buffer, dialect: RowDialect): Generator<Row> {
  const source = linesOf(file);
  const ahead: Line[] = [];
  const next = (): Line | undefined => ahead.shift() ?? source.next().value ?? undefined;
  for (let line = next(); line !== undefined; line = next()) {
    const { number, text, isCut } = line;
    if (text.trim() === '') continue;
    if (dialect.comment !== '' && text.startsWith(dialect.comment)) yield { line: number, text, isComment: true };
    else if (isCut) yield { line: number, text, isComment: false };
    else yield { line: number, text, cells: completed(text, next, ahead, dialect), isComment: false };
  }
}

/** The cells of a row that may go on in further lines; those that turn out to be no part of it are put back. */
function completed(
  first: string,
  next: () => Line | undefined,
  ahead: Line[],
  dialect: Dialect,
): readonly string[] | undefined {
  const taken: Line[] = [];
  let text = first;
  while (text.length <= LONGEST_ROW) {
    const cells = cellsOf(text, dialect);
    if (cells !== undefined) return cells;
    const line = taken.length < MOST_LINES ? next() : undefined;
    if (line === undefined) break;
    taken.push(line);
    text = `${text}\n${line.text}`;
  }
  ahead.unshift(...taken);
  return undefined;
}

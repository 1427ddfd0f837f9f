import type { Entry } from '@misp-pipeline/misp';
import { cellsOf } from './cells.ts';
import { areHeadings, columnsOf, holdsValue } from './columns.ts';
import type { CsvOptions } from './options.ts';
import { RowReader } from './row-reader.ts';
import { type Row, rowsOf } from './rows.ts';

const LONGEST_QUOTE = 200;

/** Reads all that a CSV file says. Throws an Error when a column that the options name is not there. */
export function* readCsv(file: Buffer, options: CsvOptions): Generator<Entry> {
  let lastComment = '';
  let reader: RowReader | undefined;
  for (const row of rowsOf(file, options)) {
    if (row.isComment) {
      yield noValue(row, 'skipped:comment');
      lastComment = row.text.slice(options.comment.length);
    } else if (row.cells === undefined) yield noValue(row, 'rejected:malformed-row');
    else if (reader !== undefined) yield* reader.read(row.line, row.cells);
    else {
      const headings = headingsOf(row.cells, lastComment, options);
      reader = new RowReader(columnsOf(options.columns, headings), options);
      if (headings === row.cells) yield noValue(row, 'skipped:heading');
      else yield* reader.read(row.line, row.cells);
    }
  }
}

/** The headings, given the first row and the comment before it. When they are the row's own, it is that very list. */
function headingsOf(row: readonly string[], comment: string, options: CsvOptions): readonly string[] {
  if (!options.header) return [];
  const commented = cellsOf(comment, options) ?? [];
  const isInComment = commented.length === row.length && areHeadings(commented, options.columns);
  return isInComment || holdsValue(row, options.columns) ? commented : row;
}

function noValue({ line, text }: Row, reason: string): Entry {
  return { line, text: text.trim().slice(0, LONGEST_QUOTE), reason };
}

import { type Entry, linesOf } from '@misp-pipeline/misp';
import type { Form } from './form.ts';
import { readListLine } from './list-line.ts';
import { ReportReader } from './report-reader.ts';

/** Reads all that a text of a form says. */
export function* readFreetext(text: Buffer, form: Form): Generator<Entry> {
  if (form === 'list') for (const line of linesOf(text)) yield* readListLine(line);
  else {
    const report = new ReportReader({ takesPlain: form === 'plain' });
    for (const line of linesOf(text)) yield* report.read(line);
  }
}

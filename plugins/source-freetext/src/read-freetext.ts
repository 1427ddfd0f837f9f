import { type Entry, linesOf } from '@misp-pipeline/misp';
import { type Form, formOf } from './form.ts';
import { readListLine } from './list-line.ts';
import { ReportReader } from './report-reader.ts';

/** Reads all that a text says, in the form that it has or, for `auto`, seems to have. */
export function* readFreetext(text: Buffer, given: Form | 'auto'): Generator<Entry> {
  const form = given === 'auto' ? formOf(text) : given;
  if (form === 'list') for (const line of linesOf(text)) yield* readListLine(line);
  else {
    const report = new ReportReader({ takesPlain: form === 'plain' });
    for (const line of linesOf(text)) yield* report.read(line);
  }
}

import { definePlugin, type StageServices } from '@misp-pipeline/core';
import { type Entry, TextSource } from '@misp-pipeline/misp';
import { findForm } from './form.ts';
import { type FreetextOptions, freetextOptions } from './options.ts';
import { readFreetext } from './read-freetext.ts';

export default definePlugin({
  kind: 'source',
  name: 'freetext',
  summary: 'Reads indicators out of plain lists, block lists and written reports, local or over HTTP.',
  options: freetextOptions,
  create: (options, services) => new TextSource(options, services, (text) => entriesOf(text, options, services)),
});

/** What a text says, in the form that the options name, or in that which it seems to have. */
function entriesOf(
  text: Buffer,
  { form }: Pick<FreetextOptions, 'form'>,
  { logger }: Pick<StageServices, 'logger'>,
): Iterable<Entry> {
  if (form !== 'auto') return readFreetext(text, form);
  const found = findForm(text);
  logger.info(found, 'the form that the text seems to have; `form` chooses another');
  return readFreetext(text, found.form);
}

import { definePlugin } from '@misp-pipeline/core';
import { TextSource } from '@misp-pipeline/misp';
import { freetextOptions } from './options.ts';
import { readFreetext } from './read-freetext.ts';

export default definePlugin({
  kind: 'source',
  name: 'freetext',
  summary: 'Reads indicators out of plain lists, block lists and written reports, local or over HTTP.',
  options: freetextOptions,
  create: (options, services) => new TextSource(options, services, (text) => readFreetext(text, options.form)),
});

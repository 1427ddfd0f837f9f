import { definePlugin } from '@misp-pipeline/core';
import { TextSource } from '@misp-pipeline/misp';
import { csvOptions } from './options.ts';
import { readCsv } from './read-csv.ts';

export default definePlugin({
  kind: 'source',
  name: 'csv',
  summary: 'Reads indicators out of the columns of a CSV file, local or over HTTP.',
  options: csvOptions,
  create: (options, services) => new TextSource(options, services, (text) => readCsv(text, options)),
});

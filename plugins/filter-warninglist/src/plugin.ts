import { definePlugin, injected } from '@misp-pipeline/core';
import { options } from './options.ts';
import { WarninglistFilter } from './warninglist-filter.ts';

export default definePlugin({
  kind: 'filter',
  name: 'warninglist',
  summary: 'Keeps values of MISP warninglists out of the detections.',
  options,
  create: injected(WarninglistFilter),
});

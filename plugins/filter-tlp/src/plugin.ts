import { definePlugin, injected } from '@misp-pipeline/core';
import { options } from './options.ts';
import { TlpFilter } from './tlp-filter.ts';

export default definePlugin({
  kind: 'filter',
  name: 'tlp',
  summary: 'Lets pass only what the Traffic Light Protocol allows.',
  options,
  create: injected(TlpFilter),
});

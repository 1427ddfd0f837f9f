import { definePlugin, injected } from '@misp-pipeline/core';
import { MispSource } from './misp-source.ts';
import { mispOptions } from './options.ts';

export default definePlugin({
  kind: 'source',
  name: 'misp',
  summary: 'Reads attributes from a running MISP server.',
  options: mispOptions,
  create: injected(MispSource),
});

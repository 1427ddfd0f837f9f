import { definePlugin, injected } from '@misp-pipeline/core';
import { FeedSource } from './feed-source.ts';
import { feedOptions } from './options.ts';

export default definePlugin({
  kind: 'source',
  name: 'misp-feed',
  summary: 'Reads a MISP feed from a folder or over HTTP.',
  options: feedOptions,
  create: injected(FeedSource),
});

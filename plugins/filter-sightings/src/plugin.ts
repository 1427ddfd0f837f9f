import { definePlugin, injected } from '@misp-pipeline/core';
import { options } from './options.ts';
import { SightingsFilter } from './sightings-filter.ts';

export default definePlugin({
  kind: 'filter',
  name: 'sightings',
  summary: 'Demotes or drops what others reported to MISP as a false positive.',
  options,
  create: injected(SightingsFilter),
});

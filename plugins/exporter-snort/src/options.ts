import { z } from '@misp-pipeline/core';
import { sidOptions } from '@misp-pipeline/ids-rules';
import { snortEngine } from './engine/options.ts';
import { snortReload } from './reload/options.ts';

export const snortOptions = z.strictObject({
  version: z
    .union([z.literal(3), z.literal(2)])
    .default(3)
    .describe('Snort that reads the files: 3, or 2 for Snort 2.9; neither loads the rules of the other.'),
  limit: z
    .int()
    .min(1)
    .default(100_000)
    .describe('Most rules to write; the surest, most severe and latest indicators come first, lists do not count.'),
  lists: z
    .strictObject({
      addresses: z.int().min(1).default(1_000_000).describe('Most addresses and networks on the reputation list.'),
      digests: z.int().min(1).default(100_000).describe('Most file digests; Snort 3 only.'),
    })
    .prefault({})
    .describe('Most entries of the lists; which come first is as with `limit`.'),
  foreignRules: z
    .boolean()
    .default(true)
    .describe('Pass on the Snort rules among the indicators, in `misp-foreign.rules` and with sids of ours.'),
  engine: snortEngine,
  reload: snortReload,
  ...sidOptions,
});

export type SnortOptions = z.output<typeof snortOptions>;

export type SnortVersion = SnortOptions['version'];

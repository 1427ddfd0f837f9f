import { z } from '@misp-pipeline/core';
import { sidOptions } from '@misp-pipeline/ids-rules';

export const snortOptions = z.strictObject({
  version: z
    .union([z.literal(3), z.literal(2)])
    .default(3)
    .describe('Snort that reads the files: 3, or 2 for Snort 2.9; neither loads the rules of the other.'),
  limit: z
    .int()
    .min(1)
    .default(100_000)
    .describe('Most rules to write; the most severe and then the latest indicators come first, lists do not count.'),
  ...sidOptions,
});

export type SnortOptions = z.output<typeof snortOptions>;

export type SnortVersion = SnortOptions['version'];

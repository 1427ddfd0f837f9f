import { filePath, z } from '@misp-pipeline/core';
import { attributeOptions, headersOption, isAddress, requestOptions } from '@misp-pipeline/misp';

export const feedOptions = z.strictObject({
  url: filePath()
    .refine(isFeedAddress, 'write a folder, or an address without user, query and fragment')
    .describe(
      'Address of the feed (http or https), or a folder: one with a manifest, or one with event files in any depth.',
    ),
  ...attributeOptions,
  maxShrink: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Share of its events that the feed may lose from one run to the next; 1 lets it become empty.'),
  unreachable: z
    .enum(['mirror', 'fail'])
    .default('mirror')
    .describe('What to do when the manifest cannot be had: use the mirror of the last run, or fail.'),
  incomplete: z
    .enum(['publish', 'fail'])
    .default('publish')
    .describe('What to do when single events cannot be had: use their last copy or do without them, or fail.'),
  concurrency: z.int().min(1).max(32).default(4).describe('Events to fetch at the same time.'),
  ...requestOptions,
  headers: headersOption,
  maxBytes: z
    .int()
    .min(1024)
    .default(100 * 1024 * 1024)
    .describe('Bytes that the manifest and each event may have.'),
});

export type FeedOptions = z.output<typeof feedOptions>;

function isFeedAddress(text: string): boolean {
  if (!isAddress(text)) return true;
  if (!URL.canParse(text)) return false;
  const { username, password, search, hash } = new URL(text);
  return `${username}${password}${search}${hash}` === '';
}

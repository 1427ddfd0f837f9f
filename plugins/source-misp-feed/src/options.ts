import { filePath, secret, z } from '@misp-pipeline/core';
import { attributeOptions, requestOptions } from '@misp-pipeline/misp';

const HEADER = /^[A-Za-z0-9-]+$/;

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
  headers: z
    .record(z.string().regex(HEADER, 'write the name of a header'), secret())
    .default({})
    .describe('Headers to send with each request, such as a token; their values are secret.'),
  maxBytes: z
    .int()
    .min(1024)
    .default(100 * 1024 * 1024)
    .describe('Bytes that the manifest and each event may have.'),
});

export type FeedOptions = z.output<typeof feedOptions>;

/** True for an address on the network; everything else is a path. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

function isFeedAddress(text: string): boolean {
  if (!isAddress(text)) return true;
  if (!URL.canParse(text)) return false;
  const { username, password, search, hash } = new URL(text);
  return `${username}${password}${search}${hash}` === '';
}

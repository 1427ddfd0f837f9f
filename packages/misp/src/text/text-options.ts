import { filePath, z } from '@misp-pipeline/core';
import { headersOption, isAddress } from '../feed/feed-access.ts';
import { attributeOptions, requestOptions } from '../source-options.ts';

/** Options of every source that reads values out of a text. */
export const textOptions = {
  url: filePath()
    .refine(isTextAddress, 'write the path of a file, or an address without user, password and fragment')
    .describe('Address of the text (http or https), or the path of a file.'),
  name: z
    .string()
    .min(1)
    .optional()
    .describe('Title of the event that the values form; the id of the source when left out.'),
  tags: z.array(z.string().min(1)).default([]).describe('Tags of that event, such as `tlp:green`.'),
  types: attributeOptions.types,
  exclude: z
    .array(z.string().min(1))
    .default([])
    .describe('Values to leave out, not defanged; `*` stands for anything, as in `*.example.com`.'),
  maxShrink: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('Share of its values that the text may lose from one run to the next; 1 lets it become empty.'),
  unreachable: z
    .enum(['mirror', 'fail'])
    .default('mirror')
    .describe('What to do when the address cannot be read: use the text of the last run, or fail.'),
  ...requestOptions,
  verifyTls: z.boolean().default(true).describe('Refuse a server whose certificate is not trusted.'),
  headers: headersOption,
  maxBytes: z
    .int()
    .min(1024)
    .default(100 * 1024 * 1024)
    .describe('Bytes that the text may have.'),
};

const textSchema = z.object(textOptions);

export type TextOptions = z.output<typeof textSchema>;

function isTextAddress(text: string): boolean {
  if (!isAddress(text)) return true;
  if (!URL.canParse(text)) return false;
  const { username, password, hash } = new URL(text);
  return `${username}${password}${hash}` === '';
}

import { secret, z } from '@misp-pipeline/core';
import { attributeOptions, requestOptions } from '@misp-pipeline/misp';

const SPAN = /^[1-9]\d{0,5}[dhms]$/;

/** MISP reads `!`, `||` and `&&` inside a name as operators, and `&&` does not even mean and. */
const name = () =>
  z
    .string()
    .min(1)
    .refine((text) => !text.startsWith('!') && !/\|\||&&/.test(text), 'write one name, without `!`, `||` and `&&`');

const nameList = () => z.array(name()).min(1);

export const mispOptions = z.strictObject({
  url: z
    .string()
    .refine(isServerUrl, 'write the address of the server, such as `https://misp.example.org`, without user and query')
    .describe('Address of the server; it may have a path.'),
  key: secret().describe('Authentication key of the user whose view of the server is read.'),
  ...attributeOptions,
  tags: nameList()
    .optional()
    .describe(
      'Take only attributes that have one of these tags or whose event has; case counts, `%` stands for any text.',
    ),
  notTags: nameList().optional().describe('Leave out attributes that have one of these tags or whose event has.'),
  org: z
    .union([name(), nameList()])
    .optional()
    .describe('Take only events that this organisation created: its name, id or UUID, or a list of them.'),
  last: z
    .string()
    .regex(SPAN, 'write a number and one of d, h, m or s, such as `7d`')
    .optional()
    .describe('Take only events that were published within this time, such as `7d` or `12h`.'),
  pageSize: z
    .int()
    .min(100)
    .max(100_000)
    .multipleOf(100)
    .default(5000)
    .describe('Attributes to ask for at once; halved when the server cannot answer.'),
  ...requestOptions,
  timeout: requestOptions.timeout.default(120),
  verifyTls: z.boolean().default(true).describe('Refuse a server whose certificate is not trusted.'),
  maxBytes: z
    .int()
    .min(1024)
    .default(100 * 1024 * 1024)
    .describe('Bytes that one answer of the server may have.'),
});

export type MispOptions = z.output<typeof mispOptions>;

function isServerUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}

import { z } from '@misp-pipeline/core';
import { attributeOptions, serverOptions } from '@misp-pipeline/misp';

const SPAN = /^[1-9]\d{0,5}[dhms]$/;

/** MISP reads `!`, `||` and `&&` inside a name as operators, and `&&` does not even mean and. */
const name = () =>
  z
    .string()
    .min(1)
    .refine((text) => !text.startsWith('!') && !/\|\||&&/.test(text), 'write one name, without `!`, `||` and `&&`');

const nameList = () => z.array(name()).min(1);

export const mispOptions = z.strictObject({
  ...serverOptions,
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
});

export type MispOptions = z.output<typeof mispOptions>;

import { z } from '@misp-pipeline/core';
import { DETECTABLE_TYPES, textOptions } from '@misp-pipeline/misp';

const column = z.union([z.int().min(1), z.string().min(1)]);
const columnOrList = z.union([column, z.array(column).min(1)]).transform((given) => [given].flat());
const mispType = z.enum(DETECTABLE_TYPES);

/** A column by its number, counted from 1, or by its heading. */
export type ColumnName = z.output<typeof column>;

export const csvOptions = z
  .strictObject({
    ...textOptions,
    columns: z
      .strictObject({
        value: columnOrList.describe('Column of the values, or several.'),
        type: column.optional().describe('Column that says what each value is.'),
        port: column.optional().describe('Column of the port that belongs to the address or host.'),
        comment: columnOrList.default([]).describe('Columns that go into the comment of the attribute.'),
        tags: columnOrList.default([]).describe('Columns with tags, between commas or blanks.'),
        firstSeen: column.optional().describe('Column of the time of the first sighting, in UTC.'),
        lastSeen: column.optional().describe('Column of the time of the last sighting, in UTC.'),
      })
      .describe('What stands where: `value`, `type`, `port`, `comment`, `tags`, `firstSeen`, `lastSeen`.'),
    header: z
      .boolean()
      .default(false)
      .describe('Whether the columns have headings, in the first row or in the last comment line before it.'),
    type: mispType.optional().describe('MISP type of all values; found out from each value when nothing says it.'),
    typeNames: z
      .record(z.string(), mispType)
      .default({})
      .describe('MISP types for further words of the column of types; common words are known.'),
    delimiter: z.enum([',', ';', '|', '\t', ' ']).default(',').describe('What stands between two cells.'),
    quote: z.string().max(1).default('"').describe('Mark around cells; empty when there is none.'),
    comment: z.string().max(2).default('#').describe('Beginning of comment lines; empty when there are none.'),
  })
  .superRefine(({ header, columns }, context) => {
    if (header) return;
    const message = 'write `header: true` to name a column by its heading, or give its number';
    for (const [what, names] of Object.entries(columns)) {
      if ([names].flat().some((name) => typeof name === 'string'))
        context.addIssue({ code: 'custom', path: ['columns', what], message });
    }
  });

export type CsvOptions = z.output<typeof csvOptions>;

import { z } from '@misp-pipeline/core';
import { textOptions } from '@misp-pipeline/misp';

export const freetextOptions = z.strictObject({
  ...textOptions,
  form: z
    .enum(['auto', 'list', 'defanged', 'plain'])
    .default('auto')
    .describe(
      'What the text is: a list with one entry on each line; a report in which only defanged values (and hashes, and ' +
        'values that stand alone in verbatim text) count; a report in which plain ones count too; or find out.',
    ),
});

export type FreetextOptions = z.output<typeof freetextOptions>;

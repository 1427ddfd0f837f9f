import { z } from '@misp-pipeline/core';
import { sidOptions } from '@misp-pipeline/ids-rules';

export const suricataOptions = z.strictObject({
  mode: z
    .enum(['auto', 'rules', 'datasets'])
    .default('auto')
    .describe(
      'How values are written: `rules` one by one with their context, `datasets` as lists that stay fast at any size, `auto` as lists where there are many.',
    ),
  sensorPath: z
    .string()
    .regex(/^[^\0-\x1f]+$/, 'must be a path on one line')
    .default('/var/lib/suricata/rules/misp')
    .describe('Folder in which the sensor finds the published files, for the include file.'),
  ...sidOptions,
});

export type SuricataOptions = z.output<typeof suricataOptions>;
export type Mode = SuricataOptions['mode'];

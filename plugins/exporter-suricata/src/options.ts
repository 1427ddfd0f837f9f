import { z } from '@misp-pipeline/core';
import { sidOptions } from '@misp-pipeline/ids-rules';
import { suricataEngine } from './engine/options.ts';
import { suricataReload } from './reload/options.ts';

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
  limits: z
    .strictObject({
      rules: z
        .int()
        .min(1)
        .default(50_000)
        .describe(
          'Most rules for single indicators, the worthiest first; so many take Suricata 10 to 25 s and 500 MB to load.',
        ),
      entries: z
        .int()
        .min(1)
        .default(1_000_000)
        .describe(
          'Most indicators of one kind, the worthiest first; so many names take Suricata 8 about 7 s and 350 MB to load.',
        ),
    })
    .prefault({})
    .describe('How much is written; what is left out is counted as `budget:rules` and `budget:entries`.'),
  iprep: z
    .boolean()
    .default(false)
    .describe(
      'Whether many addresses become IP reputation lists, which need the settings of the include file, instead of rules of 400.',
    ),
  foreignRules: z
    .boolean()
    .default(true)
    .describe('Whether attributes that are Suricata rules already are passed on, into a file of their own.'),
  engine: suricataEngine,
  reload: suricataReload,
  ...sidOptions,
});

export type SuricataOptions = z.output<typeof suricataOptions>;
export type Mode = SuricataOptions['mode'];

import { filePath, z } from '@misp-pipeline/core';

const RULE_FILES = [
  'misp.rules',
  'misp-quic.rules',
  'misp-foreign.rules',
  'misp-iprep.rules',
  'misp-force-hash.rules',
] as const;

/** How a running sensor is told of new files; left out where somebody else does that. */
export const suricataReload = z
  .strictObject({
    socket: filePath().describe(
      'The unix socket of the running Suricata, as `unix-command` of its suricata.yaml names it.',
    ),
    timeout: z
      .number()
      .positive()
      .max(86_400)
      .default(600)
      .describe('Seconds that one answer may take; loading all rules of the sensor is one.'),
    limit: z
      .int()
      .min(0)
      .default(1000)
      .describe(
        'Most values that are added to and removed from datasets one by one, where nothing else has changed; more, or 0, reload all rules.',
      ),
    rules: z
      .array(z.enum(RULE_FILES))
      .min(1)
      .default(RULE_FILES.filter((file) => file !== 'misp-force-hash.rules'))
      .describe(
        'Our rule files that the sensor loads, by default those of the include file; the others are not asked for.',
      ),
  })
  .optional()
  .describe('How a running Suricata is told to take the files, and asked whether it did.');

export type SuricataReload = NonNullable<z.output<typeof suricataReload>>;

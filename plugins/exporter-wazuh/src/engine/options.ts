import { engineOptions, filePath, z } from '@misp-pipeline/core';

/** How to call the programs of the manager. */
export const wazuhEngine = engineOptions('/var/ossec/bin/wazuh-analysisd')
  .unwrap()
  .extend({
    home: filePath()
      .default('/var/ossec')
      .describe('Folder of the manager, whose configuration and stock rules a check works with, on a copy.'),
    logtest: z
      .array(z.string().min(1))
      .min(1)
      .default(['/var/ossec/bin/wazuh-logtest'])
      .describe('The program that `verify` gives log lines to, or a command that runs it elsewhere.'),
  })
  .prefault({})
  .describe(
    'How to call the manager that checks and proves the files. A command that runs it elsewhere has to find the folder for temporary files there under the same path.',
  );

export type WazuhEngine = z.output<typeof wazuhEngine>;

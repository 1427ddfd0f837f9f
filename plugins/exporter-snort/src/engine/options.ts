import { engineOptions, filePath } from '@misp-pipeline/core';

/** How to call Snort, and how it is configured. */
export const snortEngine = engineOptions('snort')
  .unwrap()
  .extend({
    config: filePath()
      .optional()
      .describe('The snort.lua or snort.conf of your sensor; without it, the one that Snort itself installs.'),
  })
  .prefault({})
  .describe(
    'How to call the Snort that checks and proves the files. A command that runs it elsewhere has to find `dir`, `state` and `config` there under the same paths.',
  );

import { engineOptions, filePath, type z } from '@misp-pipeline/core';

/** How to call the engine, and how it is configured. */
export const suricataEngine = engineOptions('suricata')
  .unwrap()
  .extend({
    config: filePath()
      .optional()
      .describe(
        'The suricata.yaml of your sensor, so that rules are checked under its settings; without it, under the engine’s defaults.',
      ),
  })
  .prefault({})
  .describe(
    'How to call the engine that checks and proves the files. A command that runs it elsewhere has to find `dir`, `state`, `engine.config` and the folder for temporary files there under the same paths.',
  );

export type SuricataEngine = z.output<typeof suricataEngine>;

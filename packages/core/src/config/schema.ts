import { z } from 'zod';
import { placeOptions } from '../place/options.ts';
import { filePath } from '../secret.ts';
import { LOOK_UP } from './look-up.ts';
import { OPERATION } from './operation.ts';

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

const stage = z.strictObject({
  use: z.string().min(1).describe('Short name, package name or path of the plugin.'),
  with: z.record(z.string(), z.unknown()).default({}).describe('Options of the plugin.'),
  enabled: z.boolean().default(true).describe('Whether the stage takes part.'),
});

function stages<T extends z.ZodType>(of: T, what: string) {
  const id = z.string().regex(ID, 'an id is letters, digits, `_` and `-`');
  return z.record(id, of).describe(what);
}

const exporterStage = stage.extend({
  filters: stages(stage, 'Filters of this exporter alone, after the common ones.').default({}),
});

/** The config as a whole; options of plugins are checked against each plugin's own schema. */
export const pipelineSchema = z.strictObject({
  name: z.string().min(1).optional().describe('Name of the pipeline in logs and reports; the file’s name by default.'),
  state: filePath()
    .default('.misp-pipeline')
    .describe('Folder for mirrors, caches, numbers and the lock; runs that share it keep the same sids.'),
  sources: stages(stage, 'Where intelligence comes from.'),
  filters: stages(stage, 'What every indicator passes, in this order.').default({}),
  exporters: stages(exporterStage, 'What is written.'),
  guard: OPERATION.guard.prefault({}).describe('What is refused unless `--accept` names it.'),
  history: OPERATION.history.prefault({}).describe('What is remembered of earlier releases.'),
  schedule: OPERATION.schedule.optional().describe('When `misp-pipeline schedule` runs the pipeline.'),
  metrics: OPERATION.metrics.prefault({}).describe('Prometheus metrics.'),
  index: LOOK_UP.index.optional().describe('Keep an index of everything that a run knows, for `lookup` and `serve`.'),
  serve: LOOK_UP.serve.prefault({}).describe('Where and whom `misp-pipeline serve` answers.'),
  notify: OPERATION.notify.optional().describe('Whom to tell when something goes wrong.'),
});

export type PipelineShape = z.output<typeof pipelineSchema>;

/** Schema of one stage in each part of the config. */
export const stageSchemas = { sources: stage, filters: stage, exporters: exporterStage } as const;

/** When the real engine looks at the files of an exporter. */
export const CHECK_MODES = ['if-present', 'required', 'off'] as const;

export type CheckMode = (typeof CHECK_MODES)[number];

/** Options that the engine itself adds to every exporter. */
export const exporterOptions = z.strictObject({
  dir: filePath().describe('Folder to publish into; the files stand under `current`.'),
  keep: z.int().min(1).default(5).describe('Generations that stay for rollback, the live one included.'),
  check: z
    .enum(CHECK_MODES)
    .default('if-present')
    .describe('Let the real engine load the files before they go live; `required` stops the run where there is none.'),
  maxRefused: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe(
      'Share of the indicators, rounded up, that the engine may refuse; they are left out and reported. More stop the run.',
    ),
  places: placeOptions.describe('Where the files are copied to besides `dir`, for engines that read elsewhere.'),
  afterPublish: z
    .strictObject({
      command: z.array(z.string().min(1)).min(1).describe('The program and its arguments; no shell reads them.'),
      timeout: z.number().positive().max(86_400).default(60).describe('Seconds that it may take.'),
    })
    .optional()
    .describe('Command to run when other files went live; unless it ends with 0, what was live before comes back.'),
});

export type ExporterOptions = z.output<typeof exporterOptions>;

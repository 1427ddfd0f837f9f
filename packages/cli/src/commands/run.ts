import { randomUUID } from 'node:crypto';
import {
  EXIT,
  type PipelineConfig,
  type RunOptions,
  type RunReport,
  refuseUnknownFindings,
  runPipeline,
  systemClock,
} from '@misp-pipeline/core';
import { type Context, openConfig, openLogger } from '../context.ts';
import { indexedRun } from '../indexed-run.ts';
import type { PageOfRun } from '../page/page-of-run.ts';
import { ProgressLine } from '../progress.ts';
import { reportText } from '../render/report.ts';
import { observedRun } from '../schedule/observed-run.ts';

export interface RunCommandOptions {
  readonly dryRun?: boolean;
  readonly full?: boolean;
  readonly accept?: readonly string[];
  readonly detailedExitcode?: boolean;
  /** File for the page. */
  readonly report?: string;
}

export async function run(context: Context, runOptions: RunCommandOptions): Promise<number> {
  const { io, options, signal } = context;
  const { dryRun = false, full = false, accept = [], detailedExitcode = false } = runOptions;
  const config = await openConfig(context);
  refuseUnknownFindings(accept, config);
  const runId = randomUUID();
  const logger = openLogger(context).child({ run: runId });
  const progress = new ProgressLine(options.quiet === true);
  const page = await openPage(context, runOptions.report);
  const watched = page === undefined ? {} : { trace: page.trace, refused: (refused: RunReport) => page.save(refused) };
  try {
    const report = await observed(config, { signal, logger, runId, dryRun, full, accept, progress, ...watched });
    progress.end();
    for (const { id, problems } of report.sources) {
      for (const { message, place } of problems) logger.warn({ stage: `source ${id}`, place }, message);
    }
    page?.save(report);
    if (options.json === true) io.json(report);
    else io.result(reportText(report, (style, text) => io.style(style, text)));
    return detailedExitcode && report.release !== undefined ? EXIT.changes : EXIT.ok;
  } finally {
    progress.end();
  }
}

/** Loaded only when somebody asks for the page. */
async function openPage({ io }: Context, file: string | undefined): Promise<PageOfRun | undefined> {
  return file === undefined ? undefined : new (await import('../page/page-of-run.ts')).PageOfRun(file, io);
}

/** Runs, keeps account of it, and renews the index; a dry run is worth neither. */
function observed(config: PipelineConfig, options: RunOptions & { readonly runId: string }): Promise<RunReport> {
  if (options.dryRun === true) return runPipeline(config, options);
  return observedRun(config, { ...options, clock: systemClock }, () => indexedRun(config, options));
}

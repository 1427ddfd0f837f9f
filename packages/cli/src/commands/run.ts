import { EXIT, runPipeline } from '@misp-pipeline/core';
import { type Context, openConfig, openLogger } from '../context.ts';
import { ProgressLine } from '../progress.ts';
import { reportText } from '../render/report.ts';

export interface RunCommandOptions {
  readonly dryRun?: boolean;
  readonly full?: boolean;
  readonly accept?: readonly string[];
  readonly detailedExitcode?: boolean;
}

export async function run(context: Context, runOptions: RunCommandOptions): Promise<number> {
  const { dryRun = false, full = false, accept = [], detailedExitcode = false } = runOptions;
  const { io, options, signal } = context;
  const config = await openConfig(context);
  const logger = openLogger(context);
  const progress = new ProgressLine(options.quiet === true);
  try {
    const report = await runPipeline(config, { signal, logger, dryRun, full, accept, progress });
    progress.end();
    for (const { id, problems } of report.sources) {
      for (const { message, place } of problems) logger.warn({ stage: `source ${id}`, place }, message);
    }
    if (options.json === true) io.json(report);
    else io.result(reportText(report, (style, text) => io.style(style, text)));
    return detailedExitcode && report.release !== undefined ? EXIT.changes : EXIT.ok;
  } finally {
    progress.end();
  }
}

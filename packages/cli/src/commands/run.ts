import { EXIT, runPipeline } from '@misp-pipeline/core';
import { type Context, openConfig, openLogger } from '../context.ts';
import { ProgressLine } from '../progress.ts';
import { reportText } from '../render/report.ts';

export interface RunCommandOptions {
  readonly dryRun?: boolean;
  readonly full?: boolean;
}

export async function run(context: Context, { dryRun = false, full = false }: RunCommandOptions): Promise<number> {
  const { io, options, signal } = context;
  const config = await openConfig(context);
  const logger = openLogger(context);
  const progress = new ProgressLine(options.quiet === true);
  try {
    const report = await runPipeline(config, { signal, logger, dryRun, full, progress });
    progress.end();
    for (const { id, problems } of report.sources) {
      for (const { message, place } of problems) logger.warn({ stage: `source ${id}`, place }, message);
    }
    if (options.json === true) io.json(report);
    else io.result(reportText(report, (style, text) => io.style(style, text)));
    return EXIT.ok;
  } finally {
    progress.end();
  }
}

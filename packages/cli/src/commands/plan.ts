import { EXIT } from '@misp-pipeline/core';
import { type Context, openConfig, openLogger } from '../context.ts';
import { indexedRun } from '../indexed-run.ts';
import { ProgressLine } from '../progress.ts';
import { planOf, planText } from '../render/plan.ts';
import { planMarkdown } from '../render/plan-markdown.ts';
import { UsageError } from '../usage-error.ts';

export interface PlanCommandOptions {
  readonly full?: boolean;
  readonly markdown?: boolean;
  readonly detailedExitcode?: boolean;
}

/** Makes the next release ready, says what it changes, and lets nothing go live. */
export async function plan(context: Context, options: PlanCommandOptions): Promise<number> {
  const { io, signal } = context;
  if (options.markdown === true && context.options.json === true)
    throw new UsageError('a plan cannot be both Markdown and JSON', 'Give one of --markdown and --json.');
  const config = await openConfig(context);
  const progress = new ProgressLine(context.options.quiet === true);
  try {
    const logger = openLogger(context);
    const report = await indexedRun(config, { signal, logger, plan: true, full: options.full === true, progress });
    progress.end();
    const planned = planOf(report);
    if (context.options.json === true) io.json(planned);
    else if (options.markdown === true) io.result(planMarkdown(planned));
    else io.result(planText(planned, (style, text) => io.style(style, text)));
    return options.detailedExitcode === true && planned.fingerprint !== null ? EXIT.changes : EXIT.ok;
  } finally {
    progress.end();
  }
}

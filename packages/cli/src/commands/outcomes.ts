import type { Outcome } from '@misp-pipeline/misp';
import { type Context, talk } from '../context.ts';
import { exitCodeOf, outcomesAdvice, outcomesSummary, outcomesText } from '../render/outcomes.ts';

export interface Changing {
  /** Say what would be changed, and change nothing. */
  readonly dryRun: boolean;
}

/** Prints what became of each thing, and answers the exit code. */
export function showOutcomes(context: Context, outcomes: readonly Outcome[], { dryRun }: Changing): number {
  const { io, options } = context;
  const exitCode = exitCodeOf(outcomes);
  if (options.json === true) io.json({ dryRun, exitCode, outcomes });
  else {
    if (outcomes.length > 0) io.result(outcomesText(outcomes, (style, text) => io.style(style, text)));
    talk(context, `${outcomesSummary(outcomes)}${dryRun ? ' (dry run, nothing was changed)' : ''}`);
    for (const advice of outcomesAdvice(outcomes)) talk(context, advice);
  }
  return exitCode;
}

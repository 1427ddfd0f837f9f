import { EXIT } from '@misp-pipeline/core';
import type { Outcome } from '@misp-pipeline/misp';
import { type Context, talk } from '../context.ts';
import { exitCodeOf, outcomesAdvice, outcomesSummary, outcomesText } from '../render/outcomes.ts';
import { visible } from '../render/visible.ts';

export interface Changing {
  /** Say what would be changed, and change nothing. */
  readonly dryRun: boolean;
}

/** Their values are words of this program. */
const FIXED_KEYS = new Set(['status', 'failure', 'field']);

/** Prints what became of each thing, and answers the exit code. */
export function showOutcomes(context: Context, outcomes: readonly Outcome[], { dryRun }: Changing): number {
  const { io, options, signal } = context;
  const exitCode = signal.aborted ? EXIT.interrupted : exitCodeOf(outcomes);
  if (options.json === true) io.json({ dryRun, exitCode, outcomes }, FIXED_KEYS);
  else {
    if (outcomes.length > 0) io.result(outcomesText(outcomes, (style, text) => io.style(style, text)));
    talk(context, `${outcomesSummary(outcomes)}${dryRun ? ' (dry run, nothing was changed)' : ''}`);
    for (const advice of outcomesAdvice(outcomes)) talk(context, advice);
  }
  return exitCode;
}

/** Says why a command did not do all, if so, and answers the exit code. */
export function faultCode({ io }: Context, fault: string | undefined): number {
  if (fault === undefined) return EXIT.ok;
  io.say(`error: ${visible(fault)}`);
  return EXIT.source;
}

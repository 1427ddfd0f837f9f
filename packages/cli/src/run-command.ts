import { EXIT, isPipelineError, messageOf, pipelineError } from '@misp-pipeline/core';
import type { CommonOptions, Context } from './context.ts';
import { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/** Runs a command and turns what goes wrong into text and an exit code. */
export async function runCommand(
  options: CommonOptions,
  action: (context: Context) => Promise<number>,
): Promise<number> {
  const io = new Io();
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    return await action({ io, options, signal: interrupt.signal });
  } catch (error) {
    const isKnown = isPipelineError(error) || !interrupt.signal.aborted;
    return report(io, options, isKnown ? error : pipelineError('INTERRUPTED', {}, error));
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

const FIXED_KEYS = new Set(['code']);

function report(io: Io, options: CommonOptions, error: unknown): number {
  const { code, hint, exitCode } = kindOf(error);
  if (options.json === true) io.json({ error: { code, message: messageOf(error), hint, exitCode } }, FIXED_KEYS);
  io.say(`error: ${messageOf(error)}`);
  if (hint !== undefined) io.say(hint);
  else if (error instanceof Error && options.logLevel === 'debug') io.say(error.stack ?? '');
  return exitCode;
}

function kindOf(error: unknown): { code: string; hint: string | undefined; exitCode: number } {
  if (isPipelineError(error)) return error;
  if (error instanceof UsageError) return { code: 'USAGE', hint: error.hint, exitCode: EXIT.usage };
  return { code: 'UNEXPECTED', hint: undefined, exitCode: EXIT.unexpected };
}

import { EXIT, isPipelineError, messageOf } from '@misp-pipeline/core';
import type { CommonOptions, Context } from './context.ts';
import { Io } from './io.ts';

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
    return report(io, options, error);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

function report(io: Io, options: CommonOptions, error: unknown): number {
  const known = isPipelineError(error);
  const exitCode = known ? error.exitCode : EXIT.unexpected;
  if (options.json === true) {
    io.json({
      error: {
        code: known ? error.code : 'UNEXPECTED',
        message: messageOf(error),
        hint: known ? error.hint : undefined,
        exitCode,
      },
    });
  }
  io.say(`error: ${messageOf(error)}`);
  if (known) io.say(error.hint);
  else if (error instanceof Error && options.logLevel === 'debug') io.say(error.stack ?? '');
  return exitCode;
}

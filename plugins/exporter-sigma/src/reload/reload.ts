import { type EngineOptions, type Published, type ReloadReport, runEngine } from '@misp-pipeline/core';
import { lastLines } from '../engine/conversion.ts';
import { convertPublished } from './convert-published.ts';
import type { SigmaReload } from './options.ts';

/**
 * Converts what is published, then runs the command that takes it on. Confirmed when every rule became a query and the
 * command ended well; a command is not run after a conversion that failed.
 */
export async function reloadSiem(
  { dir }: Published,
  { convert, command, timeout }: SigmaReload,
  engine: EngineOptions,
  signal: AbortSignal,
): Promise<ReloadReport> {
  const steps = [...(convert === undefined ? [] : ['sigma convert']), ...(command === undefined ? [] : ['command'])];
  const report = (confirmed: boolean, messages: readonly string[]): ReloadReport => ({
    engine: convert?.target ?? command?.[0] ?? '',
    method: steps.join(', '),
    confirmed,
    messages,
  });
  const faults = convert === undefined ? [] : await convertPublished(dir, convert, engine, signal);
  if (faults.length > 0) return report(false, faults);
  const done = convert === undefined ? [] : [`every rule is in \`${convert.output}\``];
  if (command === undefined) return report(true, done);
  const run = await runEngine(command, { signal, timeout });
  if (run === undefined) throw new Error(`there is no program \`${command[0]}\``);
  const ended = `\`${command[0]}\` ended with ${run.code}`;
  return run.code === 0
    ? report(true, [...done, ended])
    : report(false, [`${ended}: ${lastLines(run.stderr) || lastLines(run.stdout)}`]);
}

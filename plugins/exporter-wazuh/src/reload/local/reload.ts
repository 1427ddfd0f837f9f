import { join } from 'node:path';
import { oneLine, type Published, type ReloadReport, runEngine } from '@misp-pipeline/core';
import { outdatedFile } from '../../drill/outdated-file.ts';
import { blindRules, faultsIn, hintsFor, LONGEST_MESSAGE, linesOf } from '../../engine/messages.ts';
import type { LocalReload } from '../options.ts';
import { ANALYSISD_SOCKET, reloadRuleset } from './analysisd-socket.ts';
import { removeCompiledLists } from './compiled-lists.ts';

type IsOurRule = (id: number) => boolean;

/**
 * Lets a manager on this machine take the files that somebody has put into its folder: removes compiled lists that may be
 * stale, lets the manager check the files, and tells it. Throws when one of its programs or its socket is not there.
 */
export async function reloadLocally(
  published: Published,
  { home, check, restart, timeout }: LocalReload,
  isOurRule: IsOurRule,
  signal: AbortSignal,
): Promise<ReloadReport> {
  const method = restart === undefined ? 'unix socket' : 'restart';
  const report = (confirmed: boolean, messages: readonly string[]): ReloadReport => ({
    ...{ engine: 'wazuh', method, confirmed },
    messages: messages.map((text) => oneLine(text, LONGEST_MESSAGE)),
  });
  const outdated = outdatedFile(published.dir, home);
  if (outdated !== undefined) return report(false, [`\`${home}/etc\` does not have the published \`${outdated}\``]);
  removeCompiledLists(home, published);
  const { code, said } = await run(check, timeout, signal);
  const faults = new Set([...faultsIn(said, code, isOurRule), ...blindRules(said, isOurRule)]);
  if (faults.size > 0) return report(false, [...hintsFor([...faults]), ...faults]);
  return restart === undefined
    ? report(...(await reload(join(home, ANALYSISD_SOCKET), timeout, isOurRule, signal)))
    : report(...(await restarted(restart, timeout, signal)));
}

async function reload(
  socket: string,
  timeout: number,
  isOurRule: IsOurRule,
  signal: AbortSignal,
): Promise<[boolean, readonly string[]]> {
  const { taken, messages } = await reloadRuleset(socket, timeout, signal);
  if (!taken) return [false, messages];
  const blind = blindRules(messages, isOurRule);
  return blind.length > 0 ? [false, blind] : [true, ['analysisd has read its ruleset anew']];
}

async function restarted(
  command: readonly string[],
  timeout: number,
  signal: AbortSignal,
): Promise<[boolean, readonly string[]]> {
  const { code, said } = await run(command, timeout, signal);
  return code === 0
    ? [true, ['the manager was restarted']]
    : [false, [`the restart ended with ${code}`, ...said.slice(-5)]];
}

async function run(command: readonly string[], timeout: number, signal: AbortSignal) {
  const run = await runEngine(command, { signal, timeout });
  if (run === undefined) throw new Error(`there is no program \`${command[0]}\``);
  return { code: run.code, said: linesOf(`${run.stdout}\n${run.stderr}`) };
}

import { type CheckReport, runEngine, type Staged } from '@misp-pipeline/core';
import { isManagerHome, withManagerTree } from './manager-tree.ts';
import { faultsIn, linesOf } from './messages.ts';
import type { WazuhEngine } from './options.ts';

/**
 * The manager's word on staged files, in a copy of its folder: `wazuh-analysisd -t -D COPY -c etc/ossec.conf`. Undefined
 * where there is no manager. It names rules, never entries of lists, and rules do not depend on single indicators: so
 * nothing is to be taken out when it refuses.
 */
export async function checkStaged(
  staged: Staged,
  engine: WazuhEngine,
  isOurRule: (id: number) => boolean,
  signal: AbortSignal,
): Promise<CheckReport | undefined> {
  if (!isManagerHome(engine.home)) return undefined;
  const { command, timeout } = engine;
  const version = await runEngine([...command, '-V'], { signal, timeout });
  if (version === undefined) return undefined;
  return withManagerTree(engine.home, staged, async (tree) => {
    const run = await runEngine([...command, '-t', '-D', tree, '-c', 'etc/ossec.conf'], { signal, timeout });
    if (run === undefined) return undefined;
    const lines = linesOf(`${run.stdout}\n${run.stderr}`);
    const faults = faultsIn(lines, run.code, isOurRule);
    const name = engineName(`${version.stdout}\n${version.stderr}`);
    const accepted = faults.length === 0;
    return { engine: name, accepted, runs: 1, refused: [], messages: accepted ? lines : faults };
  });
}

/** Name and version, of what `-V` says: `Wazuh v4.14.7 - Wazuh Inc.` */
export function engineName(said: string): string {
  const version = /\bv(\d[\w.-]*)/.exec(said)?.[1];
  return version === undefined ? 'wazuh' : `wazuh ${version}`;
}

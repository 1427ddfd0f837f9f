import { awaited } from './await.ts';
import { explained, type WazuhApi } from './client.ts';
import type { Nodes } from './nodes.ts';

/** Analysisd of a node. */
interface Analysisd {
  readonly runs: boolean;
  /** When it was started, in whatever form; undefined where the manager does not say, as before 4.4. */
  readonly start: string | undefined;
}

/**
 * Restarts managers that cannot reload, and waits until analysisd runs again on each. Returns what went wrong, a sentence
 * each. A restart is over when analysisd was down in between, or says another start time than before.
 */
export async function restart(api: WazuhApi, { all, each }: Nodes, seconds: number): Promise<readonly string[]> {
  const before = await Promise.all(each.map((node) => analysisdOf(api, node)));
  const { failed } = await api.ask('PUT', `/${all}/restart?wait_for_complete=true`);
  if (failed.length > 0) return [`the restart was refused: ${explained(failed)}`];
  const faults: string[] = [];
  for (const [i, node] of each.entries()) {
    let wasDown = false;
    const isBack = await awaited(api, seconds, async () => {
      const { runs, start } = await analysisdOf(api, node);
      wasDown ||= !runs;
      return runs && (wasDown || (start !== undefined && start !== before[i]?.start));
    });
    if (!isBack) faults.push(`analysisd of \`${node}\` did not restart within ${seconds} seconds`);
  }
  return faults;
}

/** Nothing runs while nobody answers: the API restarts with the manager. */
async function analysisdOf(api: WazuhApi, node: string): Promise<Analysisd> {
  try {
    const status = await api.ask('GET', `/${node}/status`);
    const stats = await api.ask('GET', `/${node}/daemons/stats?daemons_list=wazuh-analysisd`);
    const start = stats.items[0]?.uptime;
    const runs = status.items[0]?.['wazuh-analysisd'] === 'running';
    return { runs, start: typeof start === 'string' ? start : undefined };
  } catch {
    await api.sleep(0); // Ends the waiting when the run was interrupted.
    return { runs: false, start: undefined };
  }
}

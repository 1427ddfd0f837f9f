import { blindRules, messagesIn } from '../../engine/messages.ts';
import { textOf } from './answer.ts';
import { awaited } from './await.ts';
import { explained, type WazuhApi } from './client.ts';
import { type Nodes, nodesOf } from './nodes.ts';
import { restart } from './restart.ts';

export interface ActivateOptions {
  /** Of the manager, such as `4.14.7`. */
  readonly version: string;
  readonly cluster: boolean;
  /** Seconds that a restart or the spreading of files may take. */
  readonly wait: number;
  readonly isOurRule: (id: number) => boolean;
}

export interface Activation {
  /** How the manager was told. */
  readonly method: 'API: reload' | 'API: restart';
  /** What keeps it from running what it has, a sentence each. */
  readonly faults: readonly string[];
}

/** Lets a manager check its files, and take them: by a reload from 4.13 on, by a restart before. */
export async function activate(api: WazuhApi, options: ActivateOptions): Promise<Activation> {
  const { version, cluster, wait, isOurRule } = options;
  const method = reloads(version) ? 'API: reload' : 'API: restart';
  const nodes = await nodesOf(api, cluster);
  const invalid = await validationFaults(api, nodes);
  if (invalid.length > 0) return { method, faults: invalid };
  if (cluster && !(await awaited(api, wait, () => isSpread(api)))) {
    return { method, faults: [`not all nodes of the cluster have the files after ${wait} seconds`] };
  }
  return { method, faults: await (reloads(version) ? reload(api, nodes, isOurRule) : restart(api, nodes, wait)) };
}

/** Whether a manager of this version takes rules and lists without a restart. */
function reloads(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 4 || (major === 4 && minor >= 13);
}

async function validationFaults(api: WazuhApi, { all }: Nodes): Promise<readonly string[]> {
  const { items, failed } = await api.ask('GET', `/${all}/configuration/validation?wait_for_complete=true`);
  if (failed.length > 0) return [`the configuration could not be checked: ${explained(failed)}`];
  const wrong = items.filter(({ status }) => status !== 'OK');
  if (items.length === 0) return ['the configuration could not be checked: no node answered'];
  return wrong.map(({ name, details }) => `the configuration of \`${textOf(name)}\` is not valid: ${textOf(details)}`);
}

async function isSpread(api: WazuhApi): Promise<boolean> {
  const { items, failed } = await api.ask('GET', '/cluster/ruleset/synchronization?wait_for_complete=true');
  if (failed.length > 0)
    throw new Error(`the cluster does not say who has the files: ${api.quotable(explained(failed))}`);
  return items.every(({ synced }) => synced === true);
}

async function reload(
  api: WazuhApi,
  { all, each }: Nodes,
  isOurRule: (id: number) => boolean,
): Promise<readonly string[]> {
  const { items, failed } = await api.ask('PUT', `/${all}/analysisd/reload?wait_for_complete=true`);
  if (failed.length > 0) return [`the reload failed: ${explained(failed)}`];
  if (items.length < each.length) return [`only ${items.length} of ${each.length} nodes reloaded`];
  return items.flatMap(({ name, msg }) =>
    blindRules(messagesIn(textOf(msg)), isOurRule).map((message) => `\`${textOf(name)}\` reloaded, but: ${message}`),
  );
}

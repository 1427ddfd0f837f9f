import { textOf } from './answer.ts';
import { explained, type WazuhApi } from './client.ts';

/** Where in the API the daemons of a manager are, or those of each node of a cluster. */
export interface Nodes {
  /** `manager` or `cluster`, for what is said to all. */
  readonly all: string;
  /** `manager`, or `cluster/<name>` of each node. */
  readonly each: readonly string[];
}

export async function nodesOf(api: WazuhApi, cluster: boolean): Promise<Nodes> {
  if (!cluster) return { all: 'manager', each: ['manager'] };
  const { items, failed } = await api.ask('GET', '/cluster/nodes?select=name');
  if (failed.length > 0) throw new Error(`the nodes of the cluster cannot be read: ${api.quotable(explained(failed))}`);
  return { all: 'cluster', each: items.map(({ name }) => `cluster/${encodeURIComponent(textOf(name))}`) };
}

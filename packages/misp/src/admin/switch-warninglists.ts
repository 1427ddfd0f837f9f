import { attempt } from './attempt.ts';
import { failed, type Outcome, onOff } from './outcome.ts';
import type { Warninglist } from './warninglist.ts';
import type { WarninglistApi } from './warninglist-api.ts';

/** Switches lists on or off, never the other way, and reads the server again to see whether it did. */
export async function switchWarninglists(
  api: WarninglistApi,
  lists: readonly Warninglist[],
  enabled: boolean,
  { dryRun }: { dryRun: boolean },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const list of lists) outcomes.push(await attempt(list, () => switchList(api, list, enabled, dryRun)));
  if (!outcomes.some(({ status }) => status === 'changed')) return outcomes;
  const now = new Map((await api.list()).map((list) => [list.id, list]));
  return outcomes.map((outcome) => {
    const { id = '', name, status } = outcome;
    if (status !== 'changed' || now.get(id)?.enabled === enabled) return outcome;
    return failed({ id, name }, 'not-taken', 'the server accepted it, but the list is as before');
  });
}

async function switchList(api: WarninglistApi, list: Warninglist, enabled: boolean, dryRun: boolean): Promise<Outcome> {
  const { id, name } = list;
  if (list.enabled === enabled) return { id, name, status: 'unchanged', changes: [] };
  const changes = [{ field: 'enabled', before: onOff(list.enabled), after: onOff(enabled) }];
  if (dryRun) return { id, name, status: 'planned', changes };
  await api.switch([id], enabled);
  return { id, name, status: 'changed', changes };
}

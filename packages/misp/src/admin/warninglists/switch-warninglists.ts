import { type Change, type Outcome, onOff } from '../outcome.ts';
import { switchAndConfirm } from '../switch-and-confirm.ts';
import type { Warninglist } from './warninglist.ts';
import type { WarninglistApi } from './warninglist-api.ts';

/** Switches lists on or off, never the other way. */
export function switchWarninglists(
  api: WarninglistApi,
  lists: readonly Warninglist[],
  enabled: boolean,
  options: { dryRun: boolean },
): Promise<Outcome[]> {
  const changesTo = (list: Warninglist): Change[] =>
    list.enabled === enabled ? [] : [{ field: 'enabled', before: onOff(list.enabled), after: onOff(enabled) }];
  const apply = ({ id }: Warninglist) => api.switch([id], enabled);
  return switchAndConfirm(lists, { changesTo, apply, list: () => api.list() }, options);
}

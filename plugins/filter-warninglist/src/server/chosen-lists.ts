import { chooseLists, type ListChoice } from '../choose-lists.ts';
import type { CachedList } from './list-cache.ts';
import type { ServerListOptions } from './options.ts';

/** What the options choose of a server's lists. */
export interface ChosenLists {
  readonly used: readonly CachedList[];
  /** Short names of those that are chosen, but off on the server. */
  readonly disabled: readonly string[];
  /** Short names of those that the options spell out, and that are off all the same. */
  readonly missed: readonly string[];
  /** What is wrong with the choice, a sentence each. */
  readonly faults: readonly string[];
}

export function chosenLists(
  lists: readonly CachedList[],
  choice: ListChoice,
  { enabledOnly, url }: Pick<ServerListOptions, 'enabledOnly' | 'url'>,
): ChosenLists {
  const faults: string[] = [];
  const slugs = lists.map(({ slug }) => slug);
  const chosen = new Set(chooseLists(slugs, choice, faults));
  const used: CachedList[] = [];
  const disabled: string[] = [];
  for (const list of lists) {
    if (!chosen.has(list.slug)) continue;
    if (list.enabled || !enabledOnly) used.push(list);
    else disabled.push(list.slug);
  }
  if (used.length === 0 && faults.length === 0) faults.push(`\`${url}\` has no enabled list that the options choose`);
  const spelled = new Set([...choice.only, ...choice.named]);
  return { used, disabled, missed: disabled.filter((slug) => spelled.has(slug)), faults };
}

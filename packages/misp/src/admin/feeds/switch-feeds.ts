import { type Change, type Outcome, onOff } from '../outcome.ts';
import { switchAndConfirm } from '../switch-and-confirm.ts';
import type { Feed } from './feed.ts';
import type { FeedApi } from './feed-api.ts';

/** How feeds are to be; what is left out stays as it is. */
export interface FeedSwitches {
  readonly enabled: boolean;
  readonly caching?: boolean | undefined;
}

/** Switches feeds on or off, never the other way. */
export function switchFeeds(
  api: FeedApi,
  feeds: readonly Feed[],
  wanted: FeedSwitches,
  options: { dryRun: boolean },
): Promise<Outcome[]> {
  const apply = async ({ id }: Feed, changes: readonly Change[]) => {
    for (const { field } of changes) {
      if (field === 'enabled') await api.switch(id, wanted.enabled);
      else await api.edit(id, { caching_enabled: wanted.caching });
    }
  };
  const changesTo = (feed: Feed) => changesOf(feed, wanted);
  return switchAndConfirm(feeds, { changesTo, apply, list: () => api.list() }, options);
}

function changesOf(feed: Feed, { enabled, caching }: FeedSwitches): Change[] {
  const changes: Change[] = [];
  if (feed.enabled !== enabled) changes.push({ field: 'enabled', before: onOff(feed.enabled), after: onOff(enabled) });
  if (caching !== undefined && feed.caching !== caching)
    changes.push({ field: 'caching', before: onOff(feed.caching), after: onOff(caching) });
  return changes;
}

import { attempt } from './attempt.ts';
import type { Feed } from './feed.ts';
import type { FeedApi } from './feed-api.ts';
import { type Change, failed, type Outcome, onOff } from './outcome.ts';

/** How feeds are to be; what is left out stays as it is. */
export interface FeedSwitches {
  readonly enabled: boolean;
  readonly caching?: boolean | undefined;
}

/** Switches feeds on or off, never the other way, and reads the server again to see whether it did. */
export async function switchFeeds(
  api: FeedApi,
  feeds: readonly Feed[],
  wanted: FeedSwitches,
  { dryRun }: { dryRun: boolean },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const feed of feeds) outcomes.push(await attempt(feed, () => switchFeed(api, feed, wanted, dryRun)));
  if (!outcomes.some(({ status }) => status === 'changed')) return outcomes;
  const now = new Map((await api.list()).map((feed) => [feed.id, feed]));
  return outcomes.map((outcome) => confirmed(outcome, now, wanted));
}

async function switchFeed(api: FeedApi, feed: Feed, wanted: FeedSwitches, dryRun: boolean): Promise<Outcome> {
  const { id, name } = feed;
  const changes = changesTo(feed, wanted);
  if (changes.length === 0) return { id, name, status: 'unchanged', changes };
  if (dryRun) return { id, name, status: 'planned', changes };
  for (const { field } of changes) {
    if (field === 'enabled') await api.switch(id, wanted.enabled);
    else await api.edit(id, { caching_enabled: wanted.caching });
  }
  return { id, name, status: 'changed', changes };
}

function changesTo(feed: Feed, { enabled, caching }: FeedSwitches): Change[] {
  const changes: Change[] = [];
  if (feed.enabled !== enabled) changes.push({ field: 'enabled', before: onOff(feed.enabled), after: onOff(enabled) });
  if (caching !== undefined && feed.caching !== caching)
    changes.push({ field: 'caching', before: onOff(feed.caching), after: onOff(caching) });
  return changes;
}

function confirmed(outcome: Outcome, now: ReadonlyMap<string, Feed>, wanted: FeedSwitches): Outcome {
  const { id = '', name, status } = outcome;
  if (status !== 'changed') return outcome;
  const feed = now.get(id);
  if (feed !== undefined && changesTo(feed, wanted).length === 0) return outcome;
  return failed({ id, name }, 'not-taken', 'the server accepted it, but the feed is as before');
}

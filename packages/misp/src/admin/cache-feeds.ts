import { setTimeout as sleep } from 'node:timers/promises';
import { attempt } from './attempt.ts';
import type { CacheTime, Feed } from './feed.ts';
import type { FeedApi } from './feed-api.ts';
import { failed, type Outcome } from './outcome.ts';

export interface CacheOptions {
  readonly dryRun: boolean;
  /** Seconds to wait for the server's workers; 0 does not wait. */
  readonly wait: number;
  /** Seconds between two looks at the server. */
  readonly interval: number;
  readonly signal: AbortSignal;
}

/**
 * Lets the server download feeds into its cache, one by one: MISP fails on all of them when one fails. With background
 * workers it answers before anything is done, and a failure shows only in a cache time that does not move.
 */
export async function cacheFeeds(api: FeedApi, feeds: readonly Feed[], options: CacheOptions): Promise<Outcome[]> {
  const asked: Outcome[] = [];
  for (const feed of feeds) asked.push(await attempt(feed, () => askFor(api, feed, options)));
  const before = new Map(feeds.map((feed) => [feed.id, feed]));
  const until = performance.now() + options.wait * 1000;
  let outcomes: Outcome[] = asked;
  while (outcomes.some(({ status }) => status === 'queued' || status === 'done')) {
    const now = new Map((await api.list()).map((feed) => [feed.id, feed]));
    const late = performance.now() >= until;
    outcomes = outcomes.map((outcome) => seen(outcome, before, now, late && options.wait > 0));
    if (late) break;
    await sleep(options.interval * 1000, undefined, { signal: options.signal });
  }
  return outcomes;
}

async function askFor(api: FeedApi, feed: Feed, { dryRun }: CacheOptions): Promise<Outcome> {
  const { id, name, caching } = feed;
  if (!caching) return failed(feed, 'off', 'caching is off for this feed, and the server would skip it silently');
  if (dryRun) return { id, name, status: 'planned', changes: [], note: `cached ${cacheTimeText(feed.cachedAt)}` };
  const note = await api.cache(id);
  return { id, name, status: /completed/i.test(note) ? 'done' : 'queued', changes: [], note };
}

/** The outcome after a look at the server. */
function seen(
  outcome: Outcome,
  before: ReadonlyMap<string, Feed>,
  now: ReadonlyMap<string, Feed>,
  givenUp: boolean,
): Outcome {
  const { id = '', name, status } = outcome;
  if (status !== 'queued' && status !== 'done') return outcome;
  const was = before.get(id)?.cachedAt ?? 'unknown';
  const is = now.get(id)?.cachedAt ?? 'unknown';
  const change = { field: 'cached', before: cacheTimeText(was), after: cacheTimeText(is) };
  // Cached twice within a second, the time stays the same.
  if (is !== was || (status === 'done' && typeof is === 'number'))
    return typeof is === 'number'
      ? { id, name, status: 'changed', changes: [change] }
      : failed({ id, name }, 'failed', 'the server no longer says when the feed was cached: is its Redis down?');
  if (status === 'done') return failed({ id, name }, 'failed', 'the server says it is done, but nothing was cached');
  return givenUp
    ? failed({ id, name }, 'failed', `its workers did not cache it in time; cached ${change.after}`)
    : outcome;
}

/** A cache time as text, such as `2026-11-24T02:46:12Z`. */
export function cacheTimeText(time: CacheTime): string {
  return typeof time === 'number' ? new Date(time * 1000).toISOString().replace('.000Z', 'Z') : time;
}

import { attempt } from '../attempt.ts';
import { failed, type Outcome } from '../outcome.ts';
import type { Feed } from './feed.ts';
import type { FeedApi } from './feed-api.ts';

/** Lets the server make events of what feeds bring. It answers 200 whatever happens, so that its words are read. */
export async function fetchFeeds(
  api: FeedApi,
  feeds: readonly Feed[],
  { dryRun }: { dryRun: boolean },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const feed of feeds) outcomes.push(await attempt(feed, () => fetchFeed(api, feed, dryRun)));
  return outcomes;
}

async function fetchFeed(api: FeedApi, feed: Feed, dryRun: boolean): Promise<Outcome> {
  const { id, name } = feed;
  if (!feed.enabled) return failed(feed, 'off', 'the feed is off, and the server fetches only those that are on');
  if (dryRun) return { id, name, status: 'planned', changes: [] };
  const note = await api.fetch(id);
  if (/queued/i.test(note)) return { id, name, status: 'queued', changes: [], note };
  if (/successfully/i.test(note)) return { id, name, status: 'done', changes: [], note };
  return failed(feed, 'failed', note === '' ? 'the server does not say what it did' : note);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { attempt } from '../attempt.ts';
import { failed, type Outcome } from '../outcome.ts';
import { type Reading, readAgain, unchecked } from '../read-again.ts';
import type { CacheTime, Feed } from './feed.ts';
import type { FeedApi } from './feed-api.ts';

export interface CacheOptions {
  readonly dryRun: boolean;
  /** Seconds to wait for the server's workers; 0 does not wait. */
  readonly wait: number;
  /** Seconds between two looks at the server. */
  readonly interval: number;
  /** When it aborts, the waiting ends with what was started. */
  readonly signal: AbortSignal;
}

/** A feed that the server was asked to cache. */
interface Job {
  readonly feed: Feed;
  /** When it was asked, in Unix seconds by the server's clock. */
  readonly askedAt: number;
  readonly outcome: Outcome;
  /** Whether another look at the server would tell nothing more. */
  readonly settled: boolean;
}

/**
 * Lets the server download feeds into its cache, one by one: MISP fails on all of them when one fails. With background
 * workers it answers before anything is done, and a failure shows only in a cache time that does not move.
 */
export async function cacheFeeds(api: FeedApi, feeds: readonly Feed[], options: CacheOptions): Promise<Outcome[]> {
  const jobs: Job[] = [];
  for (const feed of feeds) jobs.push(await askFor(api, feed, options));
  return watch(api, jobs, options);
}

async function askFor(api: FeedApi, feed: Feed, { dryRun, wait }: CacheOptions): Promise<Job> {
  const { id, name, caching, cachedAt } = feed;
  let askedAt = 0;
  const outcome = await attempt(feed, async () => {
    if (!caching) return failed(feed, 'off', 'caching is off for this feed, and the server would skip it silently');
    if (dryRun) return { id, name, status: 'planned', changes: [], note: `cached ${cacheTimeText(cachedAt)}` };
    const { note, date } = await api.cache(id);
    askedAt = date;
    if (/completed/i.test(note)) return { id, name, status: 'done', changes: [], note };
    if (/initiated|queued/i.test(note)) return { id, name, status: 'queued', changes: [], note };
    return failed(feed, 'failed', note === '' ? 'the server does not say what it did' : note);
  });
  const settled = outcome.status !== 'done' && (outcome.status !== 'queued' || wait === 0);
  return { feed, askedAt, outcome, settled };
}

/** Looks until there is nothing more to see, or the time is over; looks that fail are made again. */
async function watch(api: FeedApi, asked: readonly Job[], options: CacheOptions): Promise<Outcome[]> {
  const { wait, interval, signal } = options;
  const until = performance.now() + wait * 1000;
  let jobs = asked;
  while (jobs.some(({ settled }) => !settled)) {
    const reading = await readAgain(() => api.list());
    if (!('fault' in reading)) jobs = jobs.map((job) => (job.settled ? job : seen(job, reading.things)));
    const left = until - performance.now();
    if (left <= 0 || signal.aborted)
      jobs = jobs.map((job) => (job.settled ? job : ended(job, reading, signal.aborted)));
    // An interrupt ends the pause, and is seen after the next look.
    else await sleep(Math.min(interval * 1000, left), undefined, { signal }).catch(() => undefined);
  }
  return jobs.map(({ outcome }) => outcome);
}

/** Seconds by which the server's clock at the answer and its cache time may differ. */
const SAME_TIME = 5;

/** The job after a look at the server. */
function seen(job: Job, feeds: readonly Feed[]): Job {
  const { feed, askedAt, outcome } = job;
  const { id, name, cachedAt: was } = feed;
  const settled = (now: Outcome): Job => ({ ...job, outcome: now, settled: true });
  const is = feeds.find((one) => one.id === id)?.cachedAt ?? 'unknown';
  if (typeof is === 'number' && is !== was) {
    const changes = [{ field: 'cached', before: cacheTimeText(was), after: cacheTimeText(is) }];
    return settled({ id, name, status: 'changed', changes });
  }
  if (is === 'unknown' && (was !== 'unknown' || outcome.status === 'done'))
    return settled(failed(feed, 'failed', 'the server does not say when the feed was cached: is its Redis down?'));
  if (outcome.status !== 'done') return job;
  // Cached twice within a second, the time stays the same.
  if (typeof is === 'number' && is >= askedAt - SAME_TIME)
    return settled({ ...outcome, note: `${outcome.note}; it was cached just before, too: ${cacheTimeText(is)}` });
  const note = `the server says it is done, but nothing was cached; cached ${cacheTimeText(is)}`;
  return settled(failed(feed, 'failed', note));
}

/** The job when nobody waits any longer. */
function ended(job: Job, reading: Reading<Feed>, interrupted: boolean): Job {
  const { feed, outcome } = job;
  const late = `its workers did not cache it in time; cached ${cacheTimeText(feed.cachedAt)}`;
  if (interrupted)
    return {
      ...job,
      settled: true,
      outcome: { ...outcome, note: `${outcome.note} (interrupted; the server goes on with it)` },
    };
  const now = 'fault' in reading ? unchecked(outcome, reading.fault) : failed(feed, 'failed', late);
  return { ...job, settled: true, outcome: now };
}

/** A cache time as text, such as `2026-11-24T02:46:12Z`. */
export function cacheTimeText(time: CacheTime): string {
  return typeof time === 'number' ? new Date(time * 1000).toISOString().replace('.000Z', 'Z') : time;
}

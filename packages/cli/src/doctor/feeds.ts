import { FEED_FORMATS, type Feed, type MispUser } from '@misp-pipeline/misp';
import { counted } from '../render/number.ts';
import type { CommandLine } from './command-line.ts';
import { type Finding, idsOf, namesOf, ok, warning } from './finding.ts';

/** Seconds after which a cache is stale: two days. */
const STALE = 2 * 86_400;

/** Feeds that a lookup would not see, or see as they were long ago. `now` is in Unix seconds. */
export function feedsFindings(
  feeds: readonly Feed[],
  user: MispUser | undefined,
  typed: CommandLine,
  now: number,
): Finding[] {
  if (feeds.length === 0) {
    const why = user?.siteAdmin === true ? '' : ', or none that this key may see';
    return [ok('feeds/none', `the server has none${why}`)];
  }
  const todo = (words: string) => `${user?.siteAdmin === false ? 'With the key of a site admin: ' : ''}${typed(words)}`;
  const enabled = feeds.filter((feed) => feed.enabled);
  // The server caches a feed that is off, too, when its caching is on.
  const cached = feeds.filter(({ caching }) => caching);
  const silent = cached.filter(({ cachedAt }) => cachedAt === 'unknown');
  const never = cached.filter(({ cachedAt }) => cachedAt === 'never');
  const stale = cached.filter(({ cachedAt }) => typeof cachedAt === 'number' && now - cachedAt > STALE);
  return [
    ok('feeds/told', `${counted(feeds.length, 'feed')}, ${enabled.length} on, ${cached.length} with caching`),
    ...about('silent', silent, 'does not say when it cached', 'Its Redis is down, or the key is not of a site admin.'),
    ...about(
      'never',
      never,
      'has never cached',
      todo(`feeds cache ${idsOf(never)} --wait`),
      ', or failed to: lookups do not see them',
    ),
    ...about('stale', stale, 'has not cached for two days', todo(`feeds cache ${idsOf(stale)} --wait`)),
    ...uncachedFindings(
      enabled.filter(({ caching }) => !caching),
      todo,
    ),
    ...unreadableFindings(
      enabled.filter(({ format }) => !FEED_FORMATS.some((known) => known === format)),
      todo,
    ),
  ];
}

function about(code: string, feeds: readonly Feed[], what: string, todo: string, more = ''): Finding[] {
  if (feeds.length === 0) return [];
  return [warning(`feed-cache/${code}`, `the server ${what} ${namesOf(feeds)}${more}`, todo)];
}

function uncachedFindings(feeds: readonly Feed[], todo: CommandLine): Finding[] {
  if (feeds.length === 0) return [];
  const seen = `caching is off for ${namesOf(feeds)}: lookups do not see what they hold`;
  return [warning('feed-cache/off', seen, todo(`feeds enable ${idsOf(feeds)} --cache`))];
}

function unreadableFindings(feeds: readonly Feed[], todo: CommandLine): Finding[] {
  if (feeds.length === 0) return [];
  const seen = `the format of ${namesOf(feeds)} is none that MISP can read; add them in the right one`;
  return [warning('feed-format/unreadable', seen, todo(`feeds disable ${idsOf(feeds)}`))];
}

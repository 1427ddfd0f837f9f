import { FEED_FORMATS, type Feed, type MispUser } from '@misp-pipeline/misp';
import { counted } from '../render/number.ts';
import { type Finding, idsOf, namesOf, ok, warning } from './finding.ts';

/** Seconds after which a cache is stale: two days. */
const STALE = 2 * 86_400;

/** Feeds that a lookup would not see, or see as they were long ago. `now` is in Unix seconds. */
export function feedsFindings(feeds: readonly Feed[], user: MispUser | undefined, now: number): Finding[] {
  if (feeds.length === 0) {
    const why = user?.siteAdmin === true ? '' : ', or none that this key may see';
    return [ok('feeds', `the server has none${why}`)];
  }
  const enabled = feeds.filter((feed) => feed.enabled);
  const cached = enabled.filter(({ caching }) => caching);
  const silent = cached.filter(({ cachedAt }) => cachedAt === 'unknown');
  const never = cached.filter(({ cachedAt }) => cachedAt === 'never');
  const stale = cached.filter(({ cachedAt }) => typeof cachedAt === 'number' && now - cachedAt > STALE);
  return [
    ok('feeds', `${counted(feeds.length, 'feed')}, ${enabled.length} on, ${cached.length} of them with caching`),
    ...about(silent, 'does not say when it cached', 'Its Redis is down, or the key is not of a site admin.'),
    ...about(
      never,
      'has never cached',
      `misp-pipeline feeds cache ${idsOf(never)} --wait`,
      ', or failed to: lookups do not see them',
    ),
    ...about(stale, 'has not cached for two days', `misp-pipeline feeds cache ${idsOf(stale)} --wait`),
    ...uncachedFindings(enabled.filter(({ caching }) => !caching)),
    ...unreadableFindings(enabled.filter(({ format }) => !FEED_FORMATS.some((known) => known === format))),
  ];
}

function about(feeds: readonly Feed[], what: string, todo: string, more = ''): Finding[] {
  return feeds.length === 0 ? [] : [warning('feed cache', `the server ${what} ${namesOf(feeds)}${more}`, todo)];
}

function uncachedFindings(feeds: readonly Feed[]): Finding[] {
  if (feeds.length === 0) return [];
  const seen = `caching is off for ${namesOf(feeds)}: lookups do not see what they hold`;
  return [warning('feed cache', seen, `misp-pipeline feeds enable ${idsOf(feeds)} --cache`)];
}

function unreadableFindings(feeds: readonly Feed[]): Finding[] {
  if (feeds.length === 0) return [];
  const seen = `the format of ${namesOf(feeds)} is none that MISP can read`;
  return [
    warning('feed format', seen, `misp-pipeline feeds disable ${idsOf(feeds)}, and add them in the right format`),
  ];
}

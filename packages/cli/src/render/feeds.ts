import { type CacheTime, cacheTimeText, type Feed, type FeedPreview } from '@misp-pipeline/misp';
import { duration } from './duration.ts';
import { table } from './table.ts';
import { visible } from './visible.ts';

/** Feeds in columns. `now` is in Unix seconds. */
export function feedsText(feeds: readonly Feed[], now: number): string {
  const rows = feeds.map((feed) => ({
    id: feed.id,
    enabled: feed.enabled ? 'on' : 'off',
    caching: feed.caching ? 'on' : 'off',
    cached: cacheAge(feed.cachedAt, now),
    format: visible(feed.format),
    name: visible(feed.name),
    provider: visible(feed.provider),
    url: visible(feed.url),
  }));
  return table(rows, ['id', 'enabled', 'caching', 'cached', 'format', 'name', 'provider', 'url']);
}

/** A feed for a machine; without header values and credentials. */
export function feedJson(feed: Feed, now: number) {
  const { secretUrl: _url, secretHeaders: _headers, cachedAt, settings: _settings, tagId: _tag, ...shown } = feed;
  const cacheAgeSeconds = typeof cachedAt === 'number' ? Math.max(0, now - cachedAt) : undefined;
  return { ...shown, cachedAt: cacheTimeText(cachedAt), cacheAgeSeconds };
}

function cacheAge(time: CacheTime, now: number): string {
  return typeof time === 'number' ? `${duration(now - time)} ago` : time;
}

/** What a feed would bring, at most `limit` lines of it. */
export function previewText(preview: FeedPreview, limit: number): string {
  if ('events' in preview) {
    const rows = preview.events.slice(0, limit).map(({ date, org, title, tags }) => ({
      date: visible(date),
      org: visible(org),
      title: visible(title),
      tags: visible(tags.join(', ')),
    }));
    return table(rows, ['date', 'org', 'title', 'tags']);
  }
  const rows = preview.values.slice(0, limit).map(({ type, toIds, correlations, value }) => ({
    type: visible(type),
    detect: toIds ? 'yes' : 'no',
    known: correlations,
    value: visible(value),
  }));
  return table(rows, ['type', 'detect', 'known', 'value']);
}

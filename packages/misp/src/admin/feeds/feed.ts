import { Secret } from '@misp-pipeline/core';
import { flagOf, isRecord, secondsOf, textOf } from '../../fields.ts';
import { shownUrl } from '../shown-url.ts';
import { headerNames } from './feed-headers.ts';
import { type FeedSettings, readSettings } from './feed-settings.ts';

/** Formats of a feed that MISP can read. The server stores any other word too, and then never reads the feed. */
export const FEED_FORMATS = ['misp', 'csv', 'freetext'] as const;

export type FeedFormat = (typeof FEED_FORMATS)[number];

/** Who may see what a feed brings, as MISP numbers it. A sharing group (4) has no word here, since it needs a group. */
export const DISTRIBUTIONS = { organisation: '0', community: '1', connected: '2', all: '3', inherit: '5' } as const;

export type Distribution = keyof typeof DISTRIBUTIONS;

/** When the server last cached a feed, in Unix seconds. `unknown`: the server does not say, as when its Redis is down. */
export type CacheTime = number | 'never' | 'unknown';

/** A feed as the server has it. Credentials are wrapped, so that showing a Feed shows none. */
export interface Feed {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  /** For showing; `secretUrl` is the whole. */
  readonly url: string;
  readonly secretUrl: Secret;
  /** One of FEED_FORMATS, or whatever the server was made to store. */
  readonly format: string;
  /** Takes part when all feeds are fetched. */
  readonly enabled: boolean;
  /** Takes part in caching and lookups. */
  readonly caching: boolean;
  /** Whether other organisations see hits in its cache. */
  readonly lookupVisible: boolean;
  /** A word of DISTRIBUTIONS, or MISP's number where there is no word. */
  readonly distribution: string;
  /** Tag that each imported event gets: its id, and its name where the server tells it. */
  readonly tagId: string | undefined;
  readonly tag: string | undefined;
  /** Names of the headers that the server sends to the feed. */
  readonly headerNames: readonly string[];
  /** Those headers with their values, one a line. */
  readonly secretHeaders: Secret;
  readonly settings: FeedSettings;
  /** From the list that MISP brings along. */
  readonly isDefault: boolean;
  readonly cachedAt: CacheTime;
}

/** A member of `feeds/index`, or the answer of `feeds/add`; undefined when it is no feed. */
export function readFeed(entry: unknown): Feed | undefined {
  if (!isRecord(entry) || !isRecord(entry.Feed)) return undefined;
  const { Feed: fields, Tag: tag } = entry;
  const id = textOf(fields.id);
  if (!/^\d+$/.test(id)) return undefined;
  const url = textOf(fields.url);
  const headers = textOf(fields.headers);
  const tagId = textOf(fields.tag_id);
  return {
    id,
    name: textOf(fields.name),
    provider: textOf(fields.provider),
    url: shownUrl(url),
    secretUrl: new Secret(url),
    format: textOf(fields.source_format),
    enabled: flagOf(fields.enabled) ?? false,
    caching: flagOf(fields.caching_enabled) ?? false,
    lookupVisible: flagOf(fields.lookup_visible) ?? false,
    distribution: distributionOf(textOf(fields.distribution)),
    tagId: tagId === '0' || tagId === '' ? undefined : tagId,
    tag: isRecord(tag) ? textOf(tag.name) || undefined : undefined,
    headerNames: headerNames(headers),
    secretHeaders: new Secret(headers),
    settings: readSettings(fields.settings),
    isDefault: flagOf(fields.default) ?? false,
    cachedAt: fields.cache_timestamp === undefined ? 'unknown' : (secondsOf(fields.cache_timestamp) ?? 'never'),
  };
}

function distributionOf(number: string): string {
  const known = Object.entries(DISTRIBUTIONS).find(([, value]) => value === number);
  return known?.[0] ?? number;
}

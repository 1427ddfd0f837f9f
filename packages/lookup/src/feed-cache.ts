import { HttpError, isRecord, type MispClient, textOf } from '@misp-pipeline/misp';
import type { Query } from './known.ts';

/** A feed, or another server, whose cache on the MISP server holds a value. */
export interface FeedHit {
  /** The text that was found. */
  readonly value: string;
  /** Id of the feed or server on the MISP server. */
  readonly id: string;
  readonly name: string;
  /** Such as `MISP Feed`, `Feed` or `MISP Server`. */
  readonly type: string;
  /** UUIDs of events, where the feed has any. */
  readonly events: readonly string[];
}

/** What the caches of a server say of one value. */
export interface FeedCacheAnswer {
  readonly hits: readonly FeedHit[];
  /** Readings that the server cannot find although they may be there: it folds the case of the question only. */
  readonly unasked: readonly string[];
}

const PATH = 'feeds/searchCaches';
/** Texts in one request. */
const AT_ONCE = 200;

/**
 * Asks the server which cached feeds hold the values, each given by its readings. The cache knows whole texts only: no
 * networks, no parent domains, and of a composite such as `a|b` its parts. It says nothing of labels.
 */
export async function searchFeedCache(
  client: MispClient,
  queries: readonly (readonly Query[])[],
  signal: AbortSignal,
): Promise<FeedCacheAnswer[]> {
  const texts = queries.map(textsOf);
  const asked = [...new Set(texts.flat())].filter(isFindable);
  const found = new Map<string, readonly FeedHit[]>();
  for (let start = 0; start < asked.length; start += AT_ONCE) {
    const batch = asked.slice(start, start + AT_ONCE);
    for (const [text, hits] of await hitsOf(client, batch, signal)) found.set(text, hits);
  }
  return texts.map((all) => ({
    hits: all.flatMap((text) => found.get(text) ?? []),
    unasked: all.filter((text) => !isFindable(text)),
  }));
}

/** The texts under which a feed may hold a value; an empty one would ask for all feeds. */
function textsOf(readings: readonly Query[]): string[] {
  const spellings = readings.flatMap(({ kind, value }) =>
    kind === 'url' && isBareHost(value) ? [value, value.slice(0, -1)] : [value],
  );
  const parts = spellings.flatMap((text) => (text.includes('|') ? [text, ...text.split('|')] : [text]));
  return [...new Set(parts.map((part) => part.trim()))].filter((text) => text !== '');
}

/** Feeds mostly write the URL of a host without the slash at its end. */
function isBareHost(url: string): boolean {
  return url.endsWith('/') && url.indexOf('/', url.indexOf('://') + 3) === url.length - 1;
}

function isFindable(text: string): boolean {
  return !/[A-Z]/.test(text);
}

/** A list of values is answered by an object with a list for each, a single value by a bare list. */
async function hitsOf(
  client: MispClient,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<(readonly [string, readonly FeedHit[]])[]> {
  const [first = ''] = texts;
  const { document } = await client.post(PATH, { value: texts.length === 1 ? first : texts }, { signal });
  if (Array.isArray(document) && (texts.length === 1 || document.length === 0))
    return [[first, readHits(first, document)]];
  if (!isRecord(document)) throw unexpected('is no list of feeds');
  return texts.map((text) => [text, readHits(text, Object.hasOwn(document, text) ? document[text] : [])]);
}

function readHits(value: string, hits: unknown): FeedHit[] {
  if (!Array.isArray(hits)) throw unexpected('has something else than lists of feeds');
  return hits.map((hit) => {
    const feed = isRecord(hit) ? hit.Feed : undefined;
    if (!isRecord(feed)) throw unexpected('has an entry that is no feed');
    const events = Array.isArray(feed.uuid) ? feed.uuid.map(textOf) : [];
    return { value, id: textOf(feed.id), name: textOf(feed.name), type: textOf(feed.type), events };
  });
}

function unexpected(what: string): HttpError {
  return new HttpError('unexpected', `the answer to \`${PATH}\` ${what}: is this a MISP server?`);
}

import { flagOf, isRecord, listOf, secondsOf, textOf } from '../../fields.ts';
import { HttpError } from '../../rest/http-error.ts';
import type { Feed } from './feed.ts';
import type { FeedApi } from './feed-api.ts';

/** An event that a feed of the format misp offers. */
export interface OfferedEvent {
  readonly uuid: string;
  readonly title: string;
  readonly date: string;
  readonly org: string;
  readonly tags: readonly string[];
  /** Unix seconds of the last change. */
  readonly timestamp: number | undefined;
}

/** A value that MISP finds in a feed of text or CSV, with the type that it takes it for. */
export interface OfferedValue {
  readonly value: string;
  readonly type: string;
  readonly category: string;
  readonly toIds: boolean;
  /** Events of the server that have the value already. */
  readonly correlations: number;
}

/** What a feed would bring; for values the first page that MISP shows (60). */
export type FeedPreview = { readonly events: readonly OfferedEvent[] } | { readonly values: readonly OfferedValue[] };

export async function previewFeed(api: FeedApi, feed: Feed): Promise<FeedPreview> {
  const document = await api.preview(feed.id);
  if (feed.format === 'misp' && (isRecord(document) || isEmptyList(document)))
    return {
      events: Object.entries(isRecord(document) ? document : {}).map(([uuid, entry]) => offeredEvent(uuid, entry)),
    };
  if (feed.format !== 'misp' && (Array.isArray(document) || isRecord(document)))
    return { values: listOf(document).map(offeredValue) };
  throw new HttpError('unexpected', `the preview of feed \`${feed.id}\` is no list of what it holds`);
}

/** PHP writes an empty object as an empty list. */
function isEmptyList(document: unknown): boolean {
  return Array.isArray(document) && document.length === 0;
}

function offeredEvent(uuid: string, entry: unknown): OfferedEvent {
  const fields = isRecord(entry) ? entry : {};
  return {
    uuid,
    title: textOf(fields.info),
    date: textOf(fields.date),
    org: isRecord(fields.Orgc) ? textOf(fields.Orgc.name) : '',
    tags: listOf(fields.Tag).map((tag) => (isRecord(tag) ? textOf(tag.name) : '')),
    timestamp: secondsOf(fields.timestamp),
  };
}

function offeredValue(entry: unknown): OfferedValue {
  const fields = isRecord(entry) ? entry : {};
  return {
    value: textOf(fields.value),
    type: textOf(fields.default_type),
    category: textOf(fields.category),
    toIds: flagOf(fields.to_ids) ?? false,
    // An event stands there once for each of its attributes; servers differ in the name.
    correlations: new Set([fields.correlations, fields.feed_correlations].flatMap(listOf).map(textOf)).size,
  };
}

import type { MispOptions } from './options.ts';

const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };

/**
 * Body of the attribute search, without `limit` and `page`. MISP drops unknown keys and takes `false` for no filter, so
 * that flags are sent as 1 or not at all; the span becomes a Unix time here, since MISP reads one that it does not know
 * as the present. There is no closed window of `timestamp`: an attribute that is edited while the pages are read would
 * leave it and move all rows behind it, and one dated in the future would be lost. Ordered by id, what is added
 * meanwhile comes last.
 */
export function searchBody(options: MispOptions, now: Date): Readonly<Record<string, unknown>> {
  const { toIds, published, types, tags, notTags, org, last } = options;
  return {
    returnFormat: 'json',
    order: 'Attribute.id asc',
    includeContext: 1,
    includeEventTags: 1,
    // Tags that are not exported count too: one of them may be the TLP label.
    includeAllTags: 1,
    ...(toIds && { to_ids: 1 }),
    ...(published && { published: 1 }),
    ...(types && { type: types }),
    ...((tags || notTags) && { tags: { ...(tags && { OR: tags }), ...(notTags && { NOT: notTags }) } }),
    ...(org && { org }),
    ...(last && { publish_timestamp: String(Math.floor(now.getTime() / 1000) - secondsOf(last)) }),
  };
}

function secondsOf(span: string): number {
  return Number(span.slice(0, -1)) * (SECONDS[span.slice(-1)] ?? 0);
}

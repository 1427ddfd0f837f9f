import { type Change, onOff } from '../outcome.ts';
import { shownUrl } from '../shown-url.ts';
import { DISTRIBUTIONS, type Feed } from './feed.ts';
import { newAddress } from './feed-address.ts';
import type { FeedDraft } from './feed-draft.ts';
import { areSameHeaders, headerNames } from './feed-headers.ts';
import { csvSetting, withCsv } from './feed-settings.ts';

/** What has to be sent so that a feed becomes as a draft has it, and the same for a person to read. */
export interface FeedDifference {
  /** Under MISP's own names. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
}

/** What differs between a draft and the feed that is there, or between a draft and no feed. */
export function feedDifference(draft: FeedDraft, feed: Feed | undefined): FeedDifference {
  const wanted = [...identity(draft, feed), ...switches(draft, feed), ...spread(draft, feed), ...reading(draft, feed)];
  const differing = wanted.filter(({ change: { before, after } }) => before !== after);
  return {
    fields: Object.assign({}, ...differing.map(({ fields }) => fields)),
    changes: differing.map(({ change }) => change),
  };
}

interface Wanted {
  readonly change: Change;
  readonly fields: Readonly<Record<string, unknown>>;
}

function wanted(field: string, before: string | undefined, after: string, fields: Wanted['fields']): Wanted {
  return { change: { field, before: before ?? NOTHING, after }, fields };
}

const NOTHING = '-';

function identity({ name, provider, url, format }: FeedDraft, feed: Feed | undefined): Wanted[] {
  const named = [
    wanted('name', feed?.name, name, { name }),
    wanted('provider', feed?.provider, provider, { provider }),
  ];
  if (feed !== undefined) {
    // The format is what it was found by.
    const address = newAddress(feed.secretUrl.reveal(), url);
    if (address === undefined) return named;
    return [...named, wanted('url', feed.url, `${shownUrl(address)} (new)`, { url: address })];
  }
  return [
    ...named,
    wanted('url', undefined, shownUrl(url), { url }),
    wanted('format', undefined, format, { source_format: format }),
  ];
}

function switches({ enabled, caching, lookupVisible }: FeedDraft, feed: Feed | undefined): Wanted[] {
  const flag = (field: string, before: boolean | undefined, after: boolean | undefined, wire: string): Wanted[] =>
    after === undefined
      ? []
      : [wanted(field, before === undefined ? undefined : onOff(before), onOff(after), { [wire]: after })];
  return [
    ...flag('enabled', feed?.enabled, enabled, 'enabled'),
    ...flag('caching', feed?.caching, caching, 'caching_enabled'),
    ...flag('lookup visible', feed?.lookupVisible, lookupVisible, 'lookup_visible'),
  ];
}

function spread({ distribution, tag }: FeedDraft, feed: Feed | undefined): Wanted[] {
  const all: Wanted[] = [];
  if (distribution !== undefined) {
    const fields = { distribution: DISTRIBUTIONS[distribution] };
    all.push(wanted('distribution', feed?.distribution, distribution, fields));
  }
  if (tag !== undefined && tag.id !== feed?.tagId) all.push(wanted('tag', feed?.tag, tag.name, { tag_id: tag.id }));
  return all;
}

function reading({ headers, columns, delimiter }: FeedDraft, feed: Feed | undefined): Wanted[] {
  const all: Wanted[] = [];
  if (headers !== undefined && !areSameHeaders(headers, feed?.secretHeaders.reveal() ?? '')) {
    const before =
      feed === undefined || feed.headerNames.length === 0 ? NOTHING : `${feed.headerNames.join(', ')} (old)`;
    all.push(wanted('headers', before, `${headerNames(headers).join(', ')} (new)`, { headers }));
  }
  const settings = feed?.settings ?? {};
  const csv = {
    ...(columns === undefined ? {} : { value: columns }),
    ...(delimiter === undefined ? {} : { delimiter }),
  };
  const fields = { settings: withCsv(settings, csv) };
  if (columns !== undefined) all.push(wanted('columns', csvSetting(settings, 'value'), columns, fields));
  if (delimiter !== undefined) all.push(wanted('delimiter', csvSetting(settings, 'delimiter'), delimiter, fields));
  return all;
}

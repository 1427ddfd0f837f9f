import { secondsOfSpan } from '@misp-pipeline/core';
import type { Search } from '@misp-pipeline/misp';
import { type MispOptions, THREAT_LEVELS } from './options.ts';

/**
 * Body of the attribute search, without `limit` and `page`. There is no closed window of `timestamp`: an attribute that is
 * edited while the pages are read would leave it and move all rows behind it, and one dated in the future would be lost.
 * Ordered by id, what is added meanwhile comes last.
 */
export function attributeSearch(options: MispOptions, now: Date): Search {
  const { changed, firstSeen } = options;
  return {
    ...commonSearch(options, now),
    order: 'Attribute.id asc',
    includeContext: 1,
    includeEventTags: 1,
    ...(changed && { attribute_timestamp: since(changed, now) }),
    ...(firstSeen && { first_seen: since(firstSeen, now) }),
    ...decayFilter(options),
  };
}

/** Body of the event search, without `limit` and `page`. What it does not know is left to the LocalFilter. */
export function eventSearch(options: MispOptions, now: Date): Search {
  return commonSearch(options, now);
}

/**
 * MISP drops unknown keys and takes `false` for no filter, so that flags are sent as 1 or not at all; spans become Unix
 * times here, since MISP reads one that it does not know as the present.
 */
function commonSearch(options: MispOptions, now: Date): Search {
  const { toIds, published, types, categories, events, eventInfo, threatLevels } = options;
  const { last, eventChanged, from, to, objectRelations, sharingGroups } = options;
  return {
    returnFormat: 'json',
    // Tags that are not exported count too: one of them may be the TLP label.
    includeAllTags: 1,
    ...(toIds && { to_ids: 1 }),
    ...(published && { published: 1 }),
    ...(types && { type: types }),
    ...(categories && { category: categories }),
    ...tagFilter(options),
    ...orgFilter(options),
    ...(events && { eventid: events }),
    ...(eventInfo && { eventinfo: eventInfo }),
    ...(threatLevels && { threat_level_id: threatLevels.map((level) => THREAT_LEVELS[level]) }),
    ...(last && { publish_timestamp: since(last, now) }),
    ...(eventChanged && { event_timestamp: since(eventChanged, now) }),
    ...(from && { from }),
    ...(to && { to }),
    ...(objectRelations && { object_relation: objectRelations }),
    ...(sharingGroups && { sharinggroup: sharingGroups }),
    ...(options.enforceWarninglist && { enforceWarninglist: 1 }),
  };
}

/** Narrows the index of events as far as that can be done without losing track of what is unpublished. */
export function indexFilter({ last }: MispOptions, now: Date): Search {
  return last === undefined ? {} : { publish_timestamp: since(last, now) };
}

function since(span: string, now: Date): string {
  return String(unixTime(now) - secondsOfSpan(span));
}

export function unixTime(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function tagFilter({ tags, allTags, notTags }: MispOptions): object {
  if (tags === undefined && allTags === undefined && notTags === undefined) return {};
  return { tags: { ...(tags && { OR: tags }), ...(allTags && { AND: allTags }), ...(notTags && { NOT: notTags }) } };
}

function orgFilter({ org, notOrg }: MispOptions): object {
  const taken = listOf(org);
  const left = listOf(notOrg).map((name) => `!${name}`);
  return taken.length + left.length === 0 ? {} : { org: [...taken, ...left] };
}

function decayFilter({ excludeDecayed, decayingModel, score }: MispOptions): object {
  if (!excludeDecayed) return {};
  return {
    excludeDecayed: 1,
    includeDecayScore: 1,
    ...(decayingModel !== undefined && { decayingModel }),
    ...(score !== undefined && { score }),
  };
}

/** One name or several. */
export function listOf(names: string | readonly string[] | undefined): readonly string[] {
  return typeof names === 'string' ? [names] : (names ?? []);
}

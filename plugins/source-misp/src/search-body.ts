import { type MispOptions, secondsOf, THREAT_LEVELS } from './options.ts';

/**
 * Body of the search for attributes or events, without `limit` and `page`. MISP drops unknown keys and takes `false` for no
 * filter, so that flags are sent as 1 or not at all; spans become Unix times here, since MISP reads one that it does not
 * know as the present. There is no closed window of `timestamp`: an attribute that is edited while the pages are read would
 * leave it and move all rows behind it, and one dated in the future would be lost. Ordered by id, what is added
 * meanwhile comes last. What the search for events does not know is left to the {@link LocalFilter}.
 */
export function searchBody(options: MispOptions, now: Date): Readonly<Record<string, unknown>> {
  const { toIds, published, types, categories, events, eventInfo, threatLevels } = options;
  const { last, changed, eventChanged, firstSeen, from, to, objectRelations, sharingGroups } = options;
  const since = (span: string) => String(unixTime(now) - secondsOf(span));
  return {
    returnFormat: 'json',
    ...(options.scope === 'attributes' && { order: 'Attribute.id asc', includeContext: 1, includeEventTags: 1 }),
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
    ...(last && { publish_timestamp: since(last) }),
    ...(changed && options.scope === 'attributes' && { attribute_timestamp: since(changed) }),
    ...(eventChanged && { event_timestamp: since(eventChanged) }),
    ...(firstSeen && options.scope === 'attributes' && { first_seen: since(firstSeen) }),
    ...(from && { from }),
    ...(to && { to }),
    ...(objectRelations && { object_relation: objectRelations }),
    ...(sharingGroups && { sharinggroup: sharingGroups }),
    ...(options.enforceWarninglist && { enforceWarninglist: 1 }),
    ...decayFilter(options),
  };
}

/** Narrows the index of events as far as that can be done without losing track of what is unpublished. */
export function indexFilter({ last }: MispOptions, now: Date): Readonly<Record<string, unknown>> {
  return last === undefined ? {} : { publish_timestamp: String(unixTime(now) - secondsOf(last)) };
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

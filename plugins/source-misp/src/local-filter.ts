import { secondsOfSpan } from '@misp-pipeline/core';
import { type Fields, isRecord, momentOf, secondsOf, tagNamesOf, textOf } from '@misp-pipeline/misp';
import { like } from './like.ts';
import { type MispOptions, THREAT_LEVELS } from './options.ts';
import { listOf, unixTime } from './searches.ts';

type Test = (attribute: Fields, event: Fields) => boolean;

/**
 * Checks again what the server was asked for: it drops filters that it does not know without a word, a search for events
 * returns whole events, and time has passed since an attribute was mirrored. What the normaliser checks is left to it.
 */
export class LocalFilter {
  readonly #tests: readonly (readonly [reason: string, test: Test])[];

  constructor(options: MispOptions, now: Date) {
    this.#tests = [...attributeTests(options, now), ...eventTests(options, now), ...tagTests(options)];
  }

  /** Why an attribute with its `Event` is not wanted, such as `skipped:category`; undefined when it is. */
  whySkipped(attribute: unknown): string | undefined {
    if (this.#tests.length === 0 || !isRecord(attribute)) return undefined;
    const event = isRecord(attribute.Event) ? attribute.Event : {};
    for (const [reason, test] of this.#tests) if (!test(attribute, event)) return `skipped:${reason}`;
    return undefined;
  }
}

function* attributeTests(options: MispOptions, now: Date): Generator<readonly [string, Test]> {
  const { categories, objectRelations, changed, firstSeen } = options;
  if (categories) yield ['category', ({ category }) => categories.includes(textOf(category))];
  if (objectRelations) yield ['object-relation', ({ object_relation: name }) => objectRelations.includes(textOf(name))];
  if (changed) yield ['changed', ({ timestamp }) => isSince(secondsOf(timestamp), changed, now)];
  if (firstSeen) yield ['first-seen', ({ first_seen }) => isSince(momentOf(first_seen), firstSeen, now)];
}

function* eventTests(options: MispOptions, now: Date): Generator<readonly [string, Test]> {
  const { events, eventInfo, threatLevels, eventChanged, last, from, to, org, notOrg } = options;
  if (events) {
    const wanted = new Set(events.map((event) => event.toLowerCase()));
    yield ['event', (_, { id, uuid }) => wanted.has(textOf(id)) || wanted.has(textOf(uuid).toLowerCase())];
  }
  if (eventInfo) {
    const matches = like([eventInfo]);
    yield ['event-info', (_, { info }) => matches(textOf(info))];
  }
  if (threatLevels) {
    const levels = new Set<string>(threatLevels.map((level) => THREAT_LEVELS[level]));
    yield ['threat-level', (_, { threat_level_id: level }) => levels.has(textOf(level))];
  }
  if (eventChanged) yield ['event-changed', (_, { timestamp }) => isSince(secondsOf(timestamp), eventChanged, now)];
  if (last) yield ['last', (_, { publish_timestamp: time }) => isSince(secondsOf(time), last, now)];
  if (from) yield ['date', (_, { date }) => textOf(date) >= from];
  if (to) yield ['date', (_, { date }) => textOf(date) <= to];
  if (org) yield ['org', (_, event) => isOneOf(event, listOf(org))];
  if (notOrg) yield ['org', (_, event) => !isOneOf(event, listOf(notOrg))];
}

function* tagTests({ tags, allTags, notTags }: MispOptions): Generator<readonly [string, Test]> {
  if (tags) {
    const matches = like(tags);
    yield ['tag', (attribute, event) => hasTag(attribute, event, matches)];
  }
  for (const tag of allTags ?? []) {
    const matches = like([tag]);
    yield ['tag', (attribute, event) => hasTag(attribute, event, matches)];
  }
  if (notTags) {
    const matches = like(notTags);
    yield ['tag', (attribute, event) => !hasTag(attribute, event, matches)];
  }
}

function hasTag(attribute: Fields, event: Fields, matches: (name: string) => boolean): boolean {
  return tagNamesOf(attribute).some((name) => matches(name)) || tagNamesOf(event).some((name) => matches(name));
}

function isSince(time: number | undefined, span: string, now: Date): boolean {
  return time !== undefined && time >= unixTime(now) - secondsOfSpan(span);
}

/** The creator by id, UUID or name. An event that does not tell its creator counts as created by any. */
function isOneOf(event: Fields, names: readonly string[]): boolean {
  const creator = isRecord(event.Orgc) ? event.Orgc : {};
  const known = [event.orgc_id, creator.id, creator.uuid, creator.name].map(textOf).filter((text) => text !== '');
  return known.length === 0 || known.some((text) => names.some((name) => name.toLowerCase() === text.toLowerCase()));
}

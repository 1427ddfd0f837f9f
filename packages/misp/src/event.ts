import type { EventContext, Severity } from '@misp-pipeline/core';
import { type Fields, flagOf, isRecord, momentOf, secondsOf, textOf, uuidOf } from './fields.ts';
import { nameUuid } from './name-uuid.ts';
import type { TagSet } from './tag-set.ts';
import { galaxyTechniquesOf, tagNamesOf } from './tags.ts';

/** What an event says about all of its attributes. */
export interface MispEvent {
  readonly context: EventContext;
  readonly published: boolean;
  /** From the event's threat level. */
  readonly severity: Severity;
  /** When the event last changed, in Unix seconds. */
  readonly updated: number | undefined;
  readonly tags: TagSet;
}

/** Where a person can read an event; `id` is the number that the server gave it. */
export type EventLink = (event: { uuid: string; id: string | undefined }) => string | undefined;

const SEVERITY_OF_LEVEL: ReadonlyMap<string, Severity> = new Map([
  ['1', 'high'],
  ['2', 'medium'],
  ['3', 'low'],
]);

/**
 * Reads the fields of an event, each of which may be missing. An event without a UUID gets one that is made of `place`.
 */
export function readEvent(event: Fields, place: string, noTags: TagSet, link: EventLink | undefined): MispEvent {
  const uuid = uuidOf(event.uuid) ?? nameUuid('event', place);
  const id = textOf(event.id);
  return {
    context: {
      uuid,
      title: textOf(event.info),
      date: /^\d{4}-\d\d-\d\d/.exec(textOf(event.date))?.[0] ?? '',
      org: organisationOf(event),
      link: link?.({ uuid, id: id === '' ? undefined : id }),
    },
    published: flagOf(event.published) ?? true,
    severity: SEVERITY_OF_LEVEL.get(textOf(event.threat_level_id)) ?? 'unknown',
    updated: secondsOf(event.timestamp),
    tags: noTags.with(tagNamesOf(event), galaxyTechniquesOf(event)),
  };
}

/** The creator (`Orgc`); exports of old servers name only the owner (`Org`). */
function organisationOf(event: Fields): string {
  const organisation = event.Orgc ?? event.Org;
  return textOf(isRecord(organisation) ? organisation.name : organisation);
}

/** What an attribute takes over from the event or object that holds it. */
export interface Inherited {
  readonly event: MispEvent;
  readonly tags: TagSet;
  readonly deleted: boolean;
  /** Unix seconds. */
  readonly firstSeen: number | undefined;
  /** Unix seconds. */
  readonly lastSeen: number | undefined;
}

/** What the attributes directly under an event take over. */
export function inheritedFromEvent(event: MispEvent): Inherited {
  return { event, tags: event.tags, deleted: false, firstSeen: undefined, lastSeen: undefined };
}

/** What the attributes of an object take over. */
export function inheritedFromObject(event: MispEvent, object: Fields): Inherited {
  return {
    event,
    tags: event.tags.with(tagNamesOf(object)),
    deleted: flagOf(object.deleted) ?? false,
    firstSeen: momentOf(object.first_seen),
    lastSeen: momentOf(object.last_seen),
  };
}

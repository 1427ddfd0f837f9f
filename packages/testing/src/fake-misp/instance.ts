import {
  attributeRow,
  eventFields,
  type FakeAttribute,
  type FakeEvent,
  type FakeTag,
  ownFields,
  uuidOf,
} from './rows.ts';

/** What a request to {@link FakeInstance} may ask for; other keys are dropped, as MISP drops what it does not know. */
export type SearchBody = Readonly<Record<string, unknown>>;

/** What a fake server answers from. */
export interface Holdings {
  /** The server's clock, in Unix seconds; undefined for that of this machine. */
  readonly clock?: number;
  /** All rows of an attribute search; the server cuts them into pages. */
  search(body: SearchBody): readonly object[];
  /** All entries of an event search. */
  searchEvents(body: SearchBody): readonly object[];
  /** All entries of events/index with `minimal`. */
  index(body: SearchBody): readonly object[];
}

/** What a new attribute is, apart from its event. */
export interface NewAttribute {
  readonly value: string;
  readonly type?: string;
  readonly toIds?: boolean;
  readonly tags?: readonly string[];
}

/**
 * The events of a MISP server, and what users do to them. Follows MISP: every change that is not local, and unpublishing
 * itself, moves the timestamp of the event and unpublishes it; a tag of an attribute moves the timestamp of the event alone; local tags move nothing.
 */
export class FakeInstance implements Holdings {
  readonly #events = new Map<number, FakeEvent>();
  readonly #attributes = new Map<number, FakeAttribute>();
  #lastEvent = 0;
  #lastAttribute = 0;
  /** The server's clock, in Unix seconds. */
  clock: number;

  constructor(clock = 1_795_000_000) {
    this.clock = clock;
  }

  /** Numbers of all events. */
  get events(): readonly number[] {
    return [...this.#events.keys()];
  }

  /** Numbers of all attributes, the deleted ones included. */
  get attributes(): readonly number[] {
    return [...this.#attributes.keys()];
  }

  /** An unpublished event without attributes. `timestamp` is older for one that comes from another server. */
  addEvent({ tags = [], timestamp = this.clock }: { tags?: readonly string[]; timestamp?: number } = {}): number {
    const id = ++this.#lastEvent;
    this.#events.set(id, {
      id,
      uuid: uuidOf('e', id),
      info: `Event ${id}`,
      published: false,
      timestamp,
      publishTimestamp: 0,
      tags: tags.map((name) => ({ name, local: false })),
    });
    return id;
  }

  addAttribute(eventId: number, { value, type = 'domain', toIds = true, tags = [] }: NewAttribute): number {
    const event = this.#event(eventId);
    const id = ++this.#lastAttribute;
    this.#attributes.set(id, {
      id,
      uuid: uuidOf('a', id),
      event,
      type,
      value,
      toIds,
      deleted: false,
      timestamp: event.timestamp,
      tags: tags.map((name) => ({ name, local: false })),
    });
    this.#touch(event);
    return id;
  }

  editAttribute(id: number, change: { value?: string; toIds?: boolean; deleted?: boolean }): void {
    const attribute = this.#attribute(id);
    Object.assign(attribute, change);
    attribute.timestamp = this.clock;
    this.#touch(attribute.event);
  }

  /** An attribute that is removed from the database, not only marked. */
  purgeAttribute(id: number): void {
    const { event } = this.#attribute(id);
    this.#attributes.delete(id);
    this.#touch(event);
  }

  tagAttribute(id: number, name: string, { local = false } = {}): void {
    const attribute = this.#attribute(id);
    attribute.tags = withTag(attribute.tags, { name, local });
    if (!local) this.#touch(attribute.event);
  }

  tagEvent(id: number, name: string, { local = false } = {}): void {
    const event = this.#event(id);
    event.tags = withTag(event.tags, { name, local });
    if (!local) this.#touch(event);
  }

  untagEvent(id: number, name: string): void {
    const event = this.#event(id);
    event.tags = event.tags.filter((tag) => tag.name !== name);
    this.#touch(event);
  }

  publish(id: number): void {
    const event = this.#event(id);
    event.published = true;
    event.publishTimestamp = this.clock;
  }

  unpublish(id: number): void {
    this.#touch(this.#event(id));
  }

  removeEvent(id: number): void {
    this.#events.delete(id);
    for (const attribute of [...this.#attributes.values()]) {
      if (attribute.event.id === id) this.#attributes.delete(attribute.id);
    }
  }

  search(body: SearchBody): readonly object[] {
    return this.#matching(body).map(attributeRow);
  }

  searchEvents(body: SearchBody): readonly object[] {
    const rows = Map.groupBy(this.#matching(body), ({ event }) => event);
    return [...rows].map(([event, attributes]) => ({
      Event: { ...eventFields(event), Object: [], Attribute: attributes.map(ownFields) },
    }));
  }

  index(body: SearchBody): readonly object[] {
    const since = Number(body.publish_timestamp ?? 0);
    return [...this.#events.values()]
      .filter(({ publishTimestamp }) => publishTimestamp >= since)
      .map(({ id, uuid, timestamp, published }) => ({
        id: `${id}`,
        timestamp: `${timestamp}`,
        sighting_timestamp: '0',
        published,
        uuid,
        orgc_uuid: uuidOf('0', 1),
      }));
  }

  #matching(body: SearchBody): readonly FakeAttribute[] {
    const events = body.eventid === undefined ? undefined : new Set([body.eventid].flat().map(String));
    const types = body.type === undefined ? undefined : [body.type].flat();
    const uuids = body.uuid === undefined ? undefined : [body.uuid].flat();
    const wantsDeleted = Array.isArray(body.deleted) && body.deleted.includes(1);
    const since = Number(body.publish_timestamp ?? 0);
    return [...this.#attributes.values()].filter(
      ({ uuid, deleted, toIds, type, event }) =>
        (wantsDeleted || !deleted) &&
        (uuids === undefined || uuids.includes(uuid)) &&
        (body.to_ids !== 1 || toIds) &&
        (body.published !== 1 || event.published) &&
        event.publishTimestamp >= since &&
        (types === undefined || types.includes(type)) &&
        (events === undefined || events.has(String(event.id)) || events.has(event.uuid)),
    );
  }

  #touch(event: FakeEvent): void {
    event.timestamp = Math.max(event.timestamp, this.clock);
    event.published = false;
  }

  #event(id: number): FakeEvent {
    const event = this.#events.get(id);
    if (event === undefined) throw new Error(`there is no event ${id}`);
    return event;
  }

  #attribute(id: number): FakeAttribute {
    const attribute = this.#attributes.get(id);
    if (attribute === undefined) throw new Error(`there is no attribute ${id}`);
    return attribute;
  }
}

function withTag(tags: readonly FakeTag[], tag: FakeTag): readonly FakeTag[] {
  return tags.some(({ name }) => name === tag.name) ? tags : [...tags, tag];
}

import { isDeepStrictEqual } from 'node:util';
import { type EventLink, type Inherited, inheritedFromEvent, readEvent } from './event.ts';
import { type Fields, isRecord, textOf } from './fields.ts';
import type { TagSet } from './tag-set.ts';

const NO_EVENT: Fields = {};

/** Reads the events that come along with attributes. Most often one is the same as that of the attribute before. */
export class EmbeddedEvents {
  readonly #source: string;
  readonly #noTags: TagSet;
  readonly #link: EventLink | undefined;
  /** As they came along last, by what identifies them there. */
  readonly #known = new Map<string, { readonly event: Fields; readonly inherited: Inherited }>();

  constructor(source: string, noTags: TagSet, link: EventLink | undefined) {
    this.#source = source;
    this.#noTags = noTags;
    this.#link = link;
  }

  of(attribute: Fields): Inherited {
    const event = isRecord(attribute.Event) ? attribute.Event : NO_EVENT;
    const key = textOf(event.uuid) || textOf(attribute.event_uuid) || textOf(attribute.event_id);
    const known = this.#known.get(key);
    // Answers of different days may tell different labels of one event.
    if (known !== undefined && isDeepStrictEqual(known.event, event)) return known.inherited;
    const identified = { ...event, uuid: event.uuid ?? attribute.event_uuid, id: event.id ?? attribute.event_id };
    const inherited = inheritedFromEvent(readEvent(identified, `${this.#source} ${key}`, this.#noTags, this.#link));
    this.#known.set(key, { event, inherited });
    return inherited;
  }
}

import { type Fields, flagOf, idOf, isRecord, listOf, textOf } from '../fields.ts';
import { galaxyTechniquesOf, tagNamesOf } from '../tags.ts';

/** An attribute as the mirror keeps it. */
export interface MirroredRow {
  /** The number that the server gave it. */
  readonly id: number;
  /** The number of its event. */
  readonly event: number;
  /** JSON of what is read of the event, the same for all of its attributes. */
  readonly context: string;
  /** JSON of what is read of the attribute itself. */
  readonly fields: string;
}

/** Turns the attributes of a search's answers into rows of the mirror. */
export class RowWriter {
  #event: Fields = {};
  #context = '';
  #eventTags: ReadonlySet<string> = new Set();
  #tagList: unknown;
  #tags: readonly string[] | undefined;

  /** Undefined for what has no number, or an event without one: nothing could be said of it later. */
  rowOf(attribute: unknown): MirroredRow | undefined {
    if (!isRecord(attribute)) return undefined;
    const event = isRecord(attribute.Event) ? attribute.Event : {};
    const id = idOf(attribute.id);
    const eventId = idOf(event.id) ?? idOf(attribute.event_id);
    if (id === undefined || eventId === undefined) return undefined;
    if (event !== this.#event || this.#context === '') this.#turnTo(event, eventId);
    return { id, event: eventId, context: this.#context, fields: this.#fieldsOf(attribute) };
  }

  #turnTo(event: Fields, id: number): void {
    this.#event = event;
    const names = tagNamesOf(event);
    this.#eventTags = new Set(names);
    this.#tagList = undefined;
    this.#context = JSON.stringify({
      id: String(id),
      uuid: event.uuid,
      info: event.info,
      date: event.date,
      published: flagOf(event.published) ?? true,
      timestamp: event.timestamp,
      publish_timestamp: event.publish_timestamp,
      threat_level_id: event.threat_level_id,
      orgc_id: event.orgc_id,
      Orgc: organisationOf(event.Orgc ?? event.Org),
      Tag: names,
      Galaxy: galaxiesOf(event),
    });
  }

  #fieldsOf(attribute: Fields): string {
    const { first_seen, last_seen, comment, object_relation, Galaxy } = attribute;
    return JSON.stringify({
      uuid: attribute.uuid,
      event_uuid: isRecord(attribute.Event) ? undefined : attribute.event_uuid,
      type: attribute.type,
      category: attribute.category,
      value: attribute.value,
      to_ids: attribute.to_ids,
      timestamp: attribute.timestamp,
      comment: comment === '' ? undefined : comment,
      deleted: attribute.deleted === false ? undefined : attribute.deleted,
      first_seen: first_seen ?? undefined,
      last_seen: last_seen ?? undefined,
      object_relation: object_relation ?? undefined,
      Tag: this.#ownTags(attribute),
      Galaxy: Galaxy === undefined ? undefined : galaxiesOf(attribute),
    });
  }

  /** The tags without those that the event has as well, so that a change of the event's tags is a change of one row. */
  #ownTags(attribute: Fields): readonly string[] | undefined {
    if (attribute.Tag === undefined) return undefined;
    if (attribute.Tag === this.#tagList) return this.#tags;
    this.#tagList = attribute.Tag;
    const own = listOf(attribute.Tag).filter((tag) => !this.#isEvents(tag));
    this.#tags = own.length === 0 ? undefined : tagNamesOf({ Tag: own });
    return this.#tags;
  }

  #isEvents(tag: unknown): boolean {
    return isRecord(tag) && Boolean(tag.inherited) && this.#eventTags.has(textOf(tag.name));
  }
}

function organisationOf(organisation: unknown): unknown {
  if (!isRecord(organisation)) return organisation;
  const { id, uuid, name } = organisation;
  return { id, uuid, name };
}

/** The galaxies of an event or attribute without all that is long in them. */
function galaxiesOf(holder: Fields): readonly object[] | undefined {
  const techniques = galaxyTechniquesOf(holder);
  if (techniques.length === 0) return undefined;
  return [{ GalaxyCluster: [{ type: 'mitre-attack-pattern', meta: { external_id: techniques } }] }];
}

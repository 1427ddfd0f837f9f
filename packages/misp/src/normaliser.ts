import { type Indicator, type Intake, makeIndicator, type Origin } from '@misp-pipeline/core';
import { contentOf } from './document.ts';
import { EmbeddedEvents } from './embedded-events.ts';
import { type EventLink, type Inherited, inheritedFromEvent, inheritedFromObject, readEvent } from './event.ts';
import { type Fields, flagOf, isRecord, listOf, momentOf, secondsOf, textOf, uuidOf } from './fields.ts';
import { nameUuid } from './name-uuid.ts';
import { isFault, type Part } from './reading/reading.ts';
import { TagSet } from './tag-set.ts';
import { galaxyTechniquesOf, tagNamesOf } from './tags.ts';
import { type AttributeType, attributeType } from './types.ts';

/** What a source takes of what it reads. */
export interface NormaliserOptions {
  /** Id of the source in the config. */
  readonly source: string;
  /** True: only attributes that are marked for detection (`to_ids`). */
  readonly toIds: boolean;
  /** True: only published events; a missing flag counts as published. */
  readonly published: boolean;
  /** MISP types to take; undefined takes all that can be detected. */
  readonly types?: ReadonlySet<string> | undefined;
  /** Where a person can read an event, if the source knows. */
  readonly eventLink?: EventLink;
}

const LONGEST_QUOTE = 200;
const NOTHING: readonly string[] = [];

/**
 * Turns MISP attributes into indicators, and accounts for each that becomes none:
 * `skipped:deleted|unpublished|to_ids|type` for what the options leave out, `rejected:unmapped-type` for types that no
 * engine can detect, `rejected:malformed-attribute` for what is no attribute, and `rejected:<fault>` for malformed values.
 */
export class Normaliser {
  readonly #options: NormaliserOptions;
  readonly #intake: Intake;
  readonly #noTags = TagSet.empty();
  readonly #embeddedEvents: EmbeddedEvents;
  /** The tags of the last attribute: they too often repeat. */
  #lastTags = NOTHING;
  readonly #category = new RepeatedText();
  readonly #comment = new RepeatedText();

  constructor(options: NormaliserOptions, intake: Intake) {
    this.#options = options;
    this.#intake = intake;
    this.#embeddedEvents = new EmbeddedEvents(options.source, this.#noTags, options.eventLink);
  }

  /**
   * All attributes (also inside objects) of one document in any shape: `{Event}`, `{response: [..]}`, a bare event, a
   * list. `place` is its URL or path. A document without an event is reported as a problem.
   */
  addDocument(document: unknown, place: string, into: Indicator[]): void {
    const { events, attributes } = contentOf(document);
    if (events.length === 0 && attributes.length === 0) this.#intake.problem({ message: 'holds no MISP event', place });
    for (const [i, event] of events.entries()) this.#addEvent(event, `${place}#${i}`, into);
    for (const attribute of attributes) this.addAttribute(attribute, into);
  }

  /** One attribute as attributes/restSearch answers it, with its embedded `Event`, and `Tag` with inherited ones. */
  addAttribute(attribute: unknown, into: Indicator[]): void {
    this.#intake.read(1);
    const fields = isRecord(attribute) ? attribute : {};
    this.#take(attribute, this.#embeddedEvents.of(fields), into);
  }

  #addEvent(fields: Fields, place: string, into: Indicator[]): void {
    const event = readEvent(fields, place, this.#noTags, this.#options.eventLink);
    const inherited = inheritedFromEvent(event);
    this.#takeAll(listOf(fields.Attribute), inherited, into);
    for (const object of listOf(fields.Object)) {
      if (isRecord(object)) this.#takeAll(listOf(object.Attribute), inheritedFromObject(event, object), into);
    }
  }

  #takeAll(attributes: readonly unknown[], inherited: Inherited, into: Indicator[]): void {
    this.#intake.read(attributes.length);
    for (const attribute of attributes) this.#take(attribute, inherited, into);
  }

  #take(attribute: unknown, inherited: Inherited, into: Indicator[]): void {
    if (!isRecord(attribute)) {
      this.#reject('rejected:malformed-attribute', {}, textOf(attribute), inherited);
      return;
    }
    const type = attributeType(attribute);
    const value = textOf(attribute.value).trim();
    const parts = this.#whySkipped(attribute, type, inherited) ?? read(type, value);
    if (typeof parts === 'string') this.#reject(parts, attribute, value, inherited);
    else if (type !== undefined) this.#push(attribute, type, parts, inherited, into);
  }

  #whySkipped(attribute: Fields, type: AttributeType | undefined, { event, deleted }: Inherited): string | undefined {
    const { toIds, published, types } = this.#options;
    if (deleted || flagOf(attribute.deleted) === true) return 'skipped:deleted';
    if (published && !event.published) return 'skipped:unpublished';
    if (toIds && !(flagOf(attribute.to_ids) ?? type?.toIds ?? false)) return 'skipped:to_ids';
    if (types !== undefined && !types.has(textOf(attribute.type))) return 'skipped:type';
    return undefined;
  }

  #push(attribute: Fields, type: AttributeType, parts: readonly Part[], inherited: Inherited, into: Indicator[]): void {
    this.#lastTags = tagNamesOf(attribute, this.#lastTags);
    const tags = inherited.tags.with(this.#lastTags, galaxyTechniquesOf(attribute));
    const { event } = inherited;
    const origins: readonly Origin[] = [
      {
        source: this.#options.source,
        event: event.context,
        attribute: attributeUuid(attribute, inherited),
        type: type.name,
        category: this.#category.of(attribute.category),
        comment: this.#comment.of(attribute.comment),
      },
    ];
    for (const part of parts) {
      into.push(
        makeIndicator({
          kind: part.kind,
          value: part.value,
          direction: part.direction,
          port: part.port,
          companions: parts.length === 1 ? NOTHING : companionsOf(part, parts),
          tlp: tags.tlp,
          tags: tags.names,
          techniques: tags.techniques,
          severity: tags.severity ?? event.severity,
          confidence: tags.confidence,
          firstSeen: momentOf(attribute.first_seen) ?? inherited.firstSeen,
          lastSeen: momentOf(attribute.last_seen) ?? inherited.lastSeen,
          updated: secondsOf(attribute.timestamp) ?? event.updated,
          origins,
        }),
      );
    }
  }

  #reject(reason: string, attribute: Fields, value: string, { event }: Inherited): void {
    const uuid = uuidOf(attribute.uuid);
    const name = uuid === undefined ? `of type ${textOf(attribute.type).slice(0, LONGEST_QUOTE)}` : uuid;
    this.#intake.reject(reason, {
      value,
      place: `event ${event.context.uuid} attribute ${name}`,
    });
  }
}

/** Keeps one copy of a text that repeats from one attribute to the next; JSON.parse makes a new one each time. */
class RepeatedText {
  #last = '';

  of(value: unknown): string {
    const text = textOf(value);
    if (text !== this.#last) this.#last = text;
    return this.#last;
  }
}

/** The parts of a value, or the reason why it has none. */
function read(type: AttributeType | undefined, value: string): readonly Part[] | string {
  if (type === undefined) return 'rejected:unmapped-type';
  if (value === '') return 'rejected:empty';
  if (value.length > type.maxLength) return 'rejected:too-long';
  const reading = type.read(value);
  return isFault(reading) ? `rejected:${reading}` : reading;
}

/** An attribute without a UUID gets one that is made of its event, type and value. */
function attributeUuid(attribute: Fields, { event }: Inherited): string {
  return (
    uuidOf(attribute.uuid) ?? nameUuid('attribute', event.context.uuid, textOf(attribute.type), textOf(attribute.value))
  );
}

function companionsOf(part: Part, parts: readonly Part[]): readonly string[] {
  return parts
    .filter((other) => other !== part)
    .map(({ kind, value }) => `${kind}:${value}`)
    .sort();
}

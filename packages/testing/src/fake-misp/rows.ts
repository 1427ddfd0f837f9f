/** What a fake server knows of a tag on an event or attribute. */
export interface FakeTag {
  readonly name: string;
  readonly local: boolean;
}

export interface FakeEvent {
  readonly id: number;
  readonly uuid: string;
  info: string;
  published: boolean;
  timestamp: number;
  publishTimestamp: number;
  tags: readonly FakeTag[];
}

export interface FakeAttribute {
  readonly id: number;
  readonly uuid: string;
  readonly event: FakeEvent;
  type: string;
  value: string;
  toIds: boolean;
  deleted: boolean;
  timestamp: number;
  tags: readonly FakeTag[];
}

/** An attribute as attributes/restSearch answers it with context. */
export function attributeRow(attribute: FakeAttribute): object {
  const own = attribute.tags.map(tagFields);
  const inherited = attribute.event.tags.map(({ name }) => ({ id: '1', name, numerical_value: null, inherited: 1 }));
  const { Tag: _, ...fields } = ownFields(attribute);
  return {
    ...fields,
    Event: eventFields(attribute.event),
    ...(own.length + inherited.length > 0 && { Tag: [...own, ...inherited] }),
  };
}

/** An attribute as it stands within its event. */
export function ownFields({ id, uuid, event, type, value, toIds, deleted, timestamp, tags }: FakeAttribute) {
  return {
    id: `${id}`,
    event_id: `${event.id}`,
    object_id: '0',
    object_relation: null,
    category: 'Network activity',
    type,
    to_ids: toIds,
    uuid,
    timestamp: `${timestamp}`,
    comment: '',
    deleted,
    first_seen: null,
    last_seen: null,
    value,
    ...(tags.length > 0 && { Tag: tags.map(tagFields) }),
  };
}

/** An event without what it holds. */
export function eventFields({ id, uuid, info, published, timestamp, publishTimestamp, tags }: FakeEvent) {
  return {
    id: `${id}`,
    orgc_id: '1',
    date: '2026-11-20',
    threat_level_id: '2',
    info,
    published,
    uuid,
    timestamp: `${timestamp}`,
    publish_timestamp: `${publishTimestamp}`,
    Tag: tags.map(tagFields),
    Orgc: { id: '1', name: 'Example CERT', uuid: uuidOf('0', 1), local: true },
  };
}

function tagFields({ name, local }: FakeTag) {
  return { id: '1', name, colour: '#ffffff', numerical_value: null, is_galaxy: false, local };
}

/** The UUID of the nth thing of a kind, which is one hexadecimal digit. */
export function uuidOf(kind: string, number: number): string {
  return `${kind.repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

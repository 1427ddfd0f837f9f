import { closeSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Attribute, type FeedEvent, generateEvents } from './generate.ts';
import { TO_IDS } from './mix.ts';

const CHUNK = 1 << 22;

/** An event whose attributes stand one after the other. */
export interface EventRows {
  readonly id: string;
  readonly uuid: string;
  /** Unix seconds. */
  readonly timestamp: string;
  /** The first of its rows, from 0. */
  readonly start: number;
  /** The row after the last one. */
  readonly end: number;
}

/**
 * Writes the attributes that MISP's attributes/restSearch finds in generated events, in the shape that MISP 2.5.1 gives
 * them with includeContext, includeEventTags and includeAllTags: each with its event and with the event's tags among its
 * own. Only those that are marked for detection, since a source asks for no others. Returns the bytes.
 */
export function writeRows(dir: string, attributes: number, seed: number): number {
  mkdirSync(dir, { recursive: true });
  const file = openSync(join(dir, 'rows'), 'w');
  const ends = new Float64Array(attributes);
  let bytes = 0;
  let row = 0;
  let text = '';
  const events: EventRows[] = [];
  for (const event of generateEvents(Math.ceil((attributes / TO_IDS) * 1.05) + 1000, seed)) {
    const id = String(events.length + 1);
    const start = row;
    for (const json of rowsOf(event, id, row)) {
      if (row === attributes) break;
      text += `${json},`;
      bytes += Buffer.byteLength(json) + 1;
      ends[row++] = bytes;
    }
    events.push({ id, uuid: event.uuid, timestamp: event.timestamp, start, end: row });
    if (text.length < CHUNK) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
  writeFileSync(join(dir, 'ends'), new Uint8Array(ends.buffer));
  writeFileSync(join(dir, 'events.json'), JSON.stringify(events));
  if (row < attributes) throw new Error(`only ${row} of ${attributes} attributes were made`);
  return bytes;
}

function* rowsOf(event: FeedEvent, eventId: string, before: number): Generator<string> {
  const eventTags = event.Tag.map((tag, i) => ({ id: `${i}`, ...tag, numerical_value: null }));
  const { Attribute, Object: objects, Tag: _tags, Orgc, ...fields } = event;
  const inEvent = JSON.stringify({
    id: eventId,
    ...fields,
    ...{ orgc_id: '2', org_id: '2', publish_timestamp: event.timestamp, sharing_group_id: '0', extends_uuid: '' },
    Tag: eventTags.map((tag) => ({ local: false, ...tag })),
    Orgc: { id: '2', ...Orgc, local: true },
  });
  const inherited = eventTags.map((tag) => ({ ...tag, inherited: 1 }));
  let id = before;
  for (const attribute of [...Attribute, ...objects.flatMap((object) => object.Attribute)]) {
    if (attribute.to_ids) yield row(attribute, String(++id), eventId, event.uuid, inEvent, inherited);
  }
}

function row(
  { Tag = [], ...fields }: Attribute,
  id: string,
  event_id: string,
  event_uuid: string,
  inEvent: string,
  inherited: readonly object[],
): string {
  const own = Tag.map((tag, i) => ({
    id: `${100 + i}`,
    ...tag,
    colour: '#0088cc',
    numerical_value: null,
    inherited: 0,
  }));
  const attribute = JSON.stringify({
    ...{ id, event_id, object_id: '0', object_relation: null },
    ...fields,
    ...{ sharing_group_id: '0', deleted: false, disable_correlation: false, last_seen: null, Sighting: [], event_uuid },
  });
  const tags = JSON.stringify([...own, ...inherited]);
  return `${attribute.slice(0, -1)},"Event":${inEvent},"Tag":${tags}}`;
}

/** The written rows, any run of them. */
export class Rows {
  readonly #file: number;
  readonly #ends: Float64Array;
  readonly events: readonly EventRows[];

  constructor(dir: string) {
    this.#file = openSync(join(dir, 'rows'), 'r');
    const ends = readFileSync(join(dir, 'ends'));
    this.#ends = new Float64Array(ends.buffer, ends.byteOffset, ends.byteLength / 8);
    this.events = JSON.parse(readFileSync(join(dir, 'events.json'), 'utf8'));
  }

  get count(): number {
    return this.#ends.length;
  }

  /** JSON of some rows, without brackets. */
  json(start: number, end: number): Buffer {
    const from = start === 0 ? 0 : (this.#ends[start - 1] ?? 0);
    const to = end <= start ? from : (this.#ends[end - 1] ?? from) - 1;
    const rows = Buffer.allocUnsafe(to - from);
    readSync(this.#file, rows, 0, rows.length, from);
    return rows;
  }

  close(): void {
    closeSync(this.#file);
  }
}

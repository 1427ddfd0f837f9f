import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@misp-pipeline/testing';
import {
  COMMENT,
  CONTEXT_TYPES,
  EVENT_TAGS,
  FIRST_SEEN,
  HASHES_IN_OBJECTS,
  TAG_COUNTS,
  TAGS,
  TO_IDS,
  TYPES,
} from './mix.ts';
import { fromQuantiles, picker } from './random.ts';
import { Values } from './values.ts';

const EVENT_SIZE = 1000;
const FIRST_DAY = Date.UTC(2023, 0, 1) / 1000;
const HASHES = new Set(['md5', 'sha1', 'sha256']);
const FILE_OBJECT = '688c46fb-5edb-40a3-8273-1af7923e2215';

const type = picker(TYPES);
const contextType = picker(CONTEXT_TYPES);
const tag = picker(TAGS);
const tagCount = picker(Object.fromEntries(TAG_COUNTS.map((share, count) => [count, share])));
const eventTags = picker(EVENT_TAGS);

export interface Attribute {
  readonly uuid: string;
  readonly type: string;
  readonly category: string;
  readonly to_ids: boolean;
  readonly value: string;
  readonly comment: string;
  readonly timestamp: string;
  readonly distribution: string;
  readonly first_seen?: string;
  readonly Tag?: readonly { readonly name: string }[];
}

interface MispObject {
  readonly name: string;
  readonly 'meta-category': string;
  readonly template_uuid: string;
  readonly uuid: string;
  readonly timestamp: string;
  readonly Attribute: readonly Attribute[];
}

/** An event as MISP feeds publish it. */
export interface FeedEvent {
  readonly uuid: string;
  readonly info: string;
  readonly date: string;
  readonly timestamp: string;
  readonly threat_level_id: string;
  readonly analysis: string;
  readonly distribution: string;
  readonly published: boolean;
  readonly Orgc: { readonly name: string; readonly uuid: string };
  readonly Tag: readonly { readonly name: string; readonly colour: string }[];
  readonly Attribute: readonly Attribute[];
  readonly Object: readonly MispObject[];
}

/** Events with `attributes` attributes in all, about a thousand each. The same seed gives the same events. */
export function* generateEvents(attributes: number, seed: number): Generator<FeedEvent> {
  const random = new Random(seed);
  const values = new Values(random);
  const org = { name: 'Bench CERT', uuid: random.uuid() };
  for (let left = attributes, day = 0; left > 0; left -= EVENT_SIZE, day++) {
    yield event(random, values, org, day, Math.min(left, EVENT_SIZE));
  }
}

function event(random: Random, values: Values, Orgc: FeedEvent['Orgc'], day: number, size: number): FeedEvent {
  values.newEvent();
  const seconds = FIRST_DAY + day * 86_400;
  const date = new Date(seconds * 1000).toISOString().slice(0, 10);
  const loose: Attribute[] = [];
  const hashes: Attribute[] = [];
  for (let i = 0; i < size; i++) {
    const made = attribute(random, values, seconds + i);
    if (HASHES.has(made.type) && random.chance(HASHES_IN_OBJECTS)) hashes.push(made);
    else loose.push(made);
  }
  return {
    uuid: random.uuid(),
    info: `Indicators of ${date}`,
    date,
    timestamp: String(seconds + size),
    threat_level_id: String(1 + random.below(4)),
    analysis: '2',
    distribution: '3',
    published: true,
    Orgc,
    Tag: eventTags(random)
      .split(',')
      .filter((name) => name !== '')
      .map((name) => ({ name, colour: '#004646' })),
    Attribute: loose,
    Object: fileObjects(random, hashes),
  };
}

function attribute(random: Random, values: Values, seconds: number): Attribute {
  const isIds = random.chance(TO_IDS);
  const kind = isIds ? type(random) : contextType(random);
  const tags = Array.from({ length: Number(tagCount(random)) }, () => ({ name: tag(random) }));
  return {
    uuid: random.uuid(),
    type: kind,
    category: HASHES.has(kind) || kind.startsWith('filename') ? 'Payload delivery' : 'Network activity',
    to_ids: isIds,
    value: values.of(kind),
    comment: comment(random),
    timestamp: String(seconds),
    distribution: '5',
    ...(random.chance(FIRST_SEEN) && { first_seen: new Date(seconds * 1000).toISOString() }),
    ...(tags.length > 0 && { Tag: tags }),
  };
}

function comment(random: Random): string {
  if (random.chance(COMMENT.empty)) return '';
  const length = fromQuantiles(random, COMMENT.length);
  return `https://social.example/${random.text('abcdefghijklmnop', length)}`.slice(0, length);
}

/** Up to three hashes make one object, as the hashes of one file do. */
function fileObjects(random: Random, hashes: readonly Attribute[]): MispObject[] {
  const objects: MispObject[] = [];
  for (let from = 0; from < hashes.length; from += 3) {
    const own = hashes.slice(from, from + 3);
    objects.push({
      name: 'file',
      'meta-category': 'file',
      template_uuid: FILE_OBJECT,
      uuid: random.uuid(),
      timestamp: own[0]?.timestamp ?? '',
      Attribute: own,
    });
  }
  return objects;
}

/** Files of a feed, in the order in which they were written, and their size in bytes. */
export interface WrittenFeed {
  readonly dir: string;
  readonly files: readonly string[];
  readonly bytes: number;
}

/** Writes a MISP feed into a folder: manifest.json and one file for each event. */
export function writeFeed(dir: string, attributes: number, seed: number): WrittenFeed {
  mkdirSync(dir, { recursive: true });
  const manifest: Record<string, unknown> = {};
  const files: string[] = [];
  let bytes = 0;
  const write = (name: string, content: unknown) => {
    const text = JSON.stringify(content);
    writeFileSync(join(dir, name), text);
    files.push(name);
    bytes += Buffer.byteLength(text);
  };
  for (const made of generateEvents(attributes, seed)) {
    write(`${made.uuid}.json`, { Event: made });
    const { info, date, timestamp, analysis, threat_level_id, Orgc, Tag } = made;
    manifest[made.uuid] = { info, date, timestamp, analysis, threat_level_id, Orgc, Tag };
  }
  write('manifest.json', manifest);
  return { dir, files, bytes };
}

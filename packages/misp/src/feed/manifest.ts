import { oneLine } from '@misp-pipeline/core';
import { isRecord, uuidOf } from '../fields.ts';

/** One event that a feed offers. */
export interface FeedEntry {
  /** Lower case. */
  readonly uuid: string;
  /** Name of the event's file beside the manifest. Safe as part of a path or URL. */
  readonly file: string;
  /** Changes when the event changes: its timestamp and digests. Safe as part of a path. Undefined: nothing is said. */
  readonly version: string | undefined;
  /** Digest that the file must have, in lower-case hex, if the feed says. */
  readonly sha256: string | undefined;
}

export interface FeedManifest {
  /** Sorted by UUID. */
  readonly entries: readonly FeedEntry[];
  /** Why other entries cannot be used. */
  readonly faults: readonly string[];
}

const FILE = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,150}\.json$/;
const TIMESTAMP = /^\d{1,12}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const MD5 = /^[0-9a-f]{32}$/;

/**
 * Reads the index of a MISP feed (`manifest.json`): by the format an object keyed by event UUID, in the wild also a list
 * of objects that name their `uuid` and `filename`. Throws an Error for what is neither, or lists only rubbish.
 */
export function parseManifest(document: unknown): FeedManifest {
  const entries = new Map<string, FeedEntry>();
  const faults: string[] = [];
  for (const [uuid, value] of listed(document)) {
    const entry = parseEntry(uuid, value);
    if (typeof entry === 'string') faults.push(entry);
    else if (entries.has(entry.uuid)) faults.push(`event \`${entry.uuid}\` is listed twice`);
    else entries.set(entry.uuid, entry);
  }
  if (entries.size === 0 && faults[0] !== undefined) throw new Error(`the manifest lists no event: ${faults[0]}`);
  return { entries: [...entries.values()].sort((a, b) => (a.uuid < b.uuid ? -1 : 1)), faults };
}

function listed(document: unknown): Iterable<readonly [unknown, unknown]> {
  if (Array.isArray(document)) return document.map((item: unknown) => [isRecord(item) ? item.uuid : undefined, item]);
  if (isRecord(document)) return Object.entries(document);
  throw new Error('the manifest is neither an object nor a list');
}

/** The entry, or what is wrong with it. */
function parseEntry(key: unknown, value: unknown): FeedEntry | string {
  const uuid = uuidOf(key);
  if (uuid === undefined) return `${quoted(key)} is no event UUID`;
  if (!isRecord(value)) return `the entry of event \`${uuid}\` is no object`;
  const file = typeof value.filename === 'string' ? value.filename.replace(/^.*[/\\]/s, '') : `${key}.json`;
  if (!FILE.test(file)) return `${quoted(value.filename)} is no name for the file of event \`${uuid}\``;
  const sha256 = matching(value['integrity:sha256'], SHA256);
  const version = [matching(value.timestamp, TIMESTAMP), sha256, matching(value.md5, MD5)].filter(Boolean).join('-');
  return { uuid, file, sha256, version: version === '' ? undefined : version };
}

function matching(value: unknown, pattern: RegExp): string | undefined {
  const text = String(value).toLowerCase();
  return pattern.test(text) ? text : undefined;
}

function quoted(value: unknown): string {
  return `\`${oneLine(String(value)).slice(0, 100)}\``;
}

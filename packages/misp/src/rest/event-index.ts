import { flagOf, idOf, isRecord, secondsOf, textOf } from '../fields.ts';
import { HttpError } from './http-error.ts';
import type { MispClient } from './misp-client.ts';

const PATH = 'events/index';

/** What tells whether an event changed. */
export interface EventVersion {
  readonly id: number;
  readonly uuid: string;
  /** When it last changed, in Unix seconds of the server's clock. */
  readonly timestamp: number;
  readonly published: boolean;
}

/** All events that a user can see, at one moment. */
export interface EventIndex {
  readonly events: ReadonlyMap<number, EventVersion>;
  /** The server's clock at that moment, in Unix seconds; undefined when it did not say. */
  readonly takenAt: number | undefined;
}

/**
 * Asks for the versions of all events, in one answer of about 200 bytes an event. `filter` narrows it, as in
 * `{publish_timestamp: '1764000000'}`. Throws an HttpError of kind `unexpected` when the answer is not whole.
 */
export async function fetchEventIndex(
  client: MispClient,
  filter: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<EventIndex> {
  const { document, headers } = await client.post(PATH, { ...filter, minimal: 1 }, { signal });
  if (!Array.isArray(document)) throw unexpected('no list of events came');
  const count = Number(headers['x-result-count'] ?? document.length);
  if (count !== document.length) throw unexpected(`${document.length} events came where the server counted ${count}`);
  const events = new Map<number, EventVersion>();
  for (const entry of document) {
    const version = versionOf(entry);
    if (version === undefined) throw unexpected('an event has no number or no timestamp');
    events.set(version.id, version);
  }
  const takenAt = Date.parse(headers.date ?? '') / 1000;
  return { events, takenAt: Number.isNaN(takenAt) ? undefined : takenAt };
}

function versionOf(entry: unknown): EventVersion | undefined {
  if (!isRecord(entry)) return undefined;
  const id = idOf(entry.id);
  const timestamp = secondsOf(entry.timestamp);
  if (id === undefined || timestamp === undefined) return undefined;
  return { id, uuid: textOf(entry.uuid), timestamp, published: flagOf(entry.published) ?? true };
}

function unexpected(what: string): HttpError {
  return new HttpError('unexpected', `${PATH} did not answer with all events: ${what}`);
}

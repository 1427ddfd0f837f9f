import { type Fields, idOf, isRecord, listOf, textOf } from '../fields.ts';
import { attributesOf } from '../rest/event-attributes.ts';
import { HttpError } from '../rest/http-error.ts';
import type { AttributeReader, ReaderOptions, Search } from './attribute-reader.ts';

const PATH = 'events/restSearch';
/** Events to ask for at once. They are named one by one: nothing can move from one page to the next. */
const EVENTS_AT_ONCE = 50;

/**
 * Reads with events/restSearch, which also tells the objects and galaxies. An event that is too large for the server is
 * read with attributes/restSearch instead.
 */
export class WholeEvents implements AttributeReader {
  readonly #options: Pick<ReaderOptions, 'client' | 'search' | 'logger'>;
  readonly #oversized: AttributeReader;
  #missing = 0;

  /** `search` is the body for events/restSearch; `oversized` reads what is too large for that. */
  constructor(options: Pick<ReaderOptions, 'client' | 'search' | 'logger'>, oversized: AttributeReader) {
    this.#options = options;
    this.#oversized = oversized;
  }

  get missing(): number {
    return this.#missing + this.#oversized.missing;
  }

  all(events: readonly number[], signal: AbortSignal): AsyncIterable<readonly unknown[]> {
    return this.of(events, {}, signal);
  }

  async *of(events: readonly number[], narrower: Search, signal: AbortSignal): AsyncGenerator<readonly unknown[]> {
    for (let start = 0, size = EVENTS_AT_ONCE; start < events.length; ) {
      const some = events.slice(start, start + size);
      try {
        yield await this.#fetch(some, narrower, signal);
        start += some.length;
        size = Math.min(EVENTS_AT_ONCE, 2 * size);
      } catch (error) {
        if (!mayBeTooMuch(error)) throw error;
        this.#options.logger.warn({ events: some.length }, `${error.message}; asking for less`);
        if (some.length === 1) {
          yield* this.#oversized.of(some, narrower, signal);
          start++;
        } else size = Math.ceil(some.length / 2);
      }
    }
  }

  async #fetch(events: readonly number[], narrower: Search, signal: AbortSignal): Promise<readonly unknown[]> {
    const search = { ...this.#options.search, ...narrower, eventid: events, limit: events.length, page: 1 };
    const retries = events.length === 1 ? undefined : 1;
    const { document, headers } = await this.#options.client.post(PATH, search, { signal, retries });
    const found = isRecord(document) ? document.response : undefined;
    if (!Array.isArray(found)) throw unexpected('there is no `response` list');
    if (found.length > events.length) {
      throw unexpected(`${found.length} events came where ${events.length} were asked for, so the search was ignored`);
    }
    const count = Number(headers['x-result-count']);
    if (count > found.length) this.#missing += count - found.length;
    const asked = new Set(events);
    return found.flatMap((entry) => attributesOf(eventOf(entry, asked)));
  }
}

function eventOf(entry: unknown, asked: ReadonlySet<number>): Fields {
  const event = isRecord(entry) ? (entry.Event ?? entry) : undefined;
  if (!isRecord(event)) throw unexpected('an entry holds no event');
  if (!asked.has(idOf(event.id) ?? 0)) throw unexpected(`event \`${textOf(event.id)}\` came, which nobody asked for`);
  return { ...event, Attribute: listOf(event.Attribute), Object: listOf(event.Object) };
}

function mayBeTooMuch(error: unknown): error is HttpError {
  return error instanceof HttpError && ['failed', 'invalid', 'too-large'].includes(error.kind);
}

function unexpected(what: string): HttpError {
  return new HttpError('unexpected', `${PATH} did not answer the search: ${what}`);
}

import type { Logger } from '@misp-pipeline/core';
import { AttributeSearch } from '../rest/attribute-search.ts';
import type { MispClient } from '../rest/misp-client.ts';

/** What a server shows of its attributes, in the form of attributes/restSearch, page by page. */
export interface AttributeReader {
  /** Attributes that the server counted but did not send, so far. */
  readonly missing: number;
  /** The attributes of all events that match the search; `events` are those that there are. */
  all(events: readonly number[], signal: AbortSignal): AsyncIterable<readonly unknown[]>;
  /** Those of some events. `narrower` goes before what the search says. */
  of(events: readonly number[], narrower: Search, signal: AbortSignal): AsyncIterable<readonly unknown[]>;
}

/** Parameters of a search by the names that MISP gives them. */
export type Search = Readonly<Record<string, unknown>>;

export interface ReaderOptions {
  readonly client: MispClient;
  readonly search: Search;
  /** Attributes to ask for at once. */
  readonly pageSize: number;
  readonly logger: Logger;
}

/** Events that one search names. */
const EVENTS_AT_ONCE = 500;

/** Reads with attributes/restSearch. */
export class PagedAttributes implements AttributeReader {
  readonly #options: ReaderOptions;
  #missing = 0;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  get missing(): number {
    return this.#missing;
  }

  all(_events: readonly number[], signal: AbortSignal): AsyncIterable<readonly unknown[]> {
    return this.#pages({}, signal);
  }

  async *of(events: readonly number[], narrower: Search, signal: AbortSignal): AsyncGenerator<readonly unknown[]> {
    for (let start = 0; start < events.length; start += EVENTS_AT_ONCE) {
      yield* this.#pages({ ...narrower, eventid: events.slice(start, start + EVENTS_AT_ONCE) }, signal);
    }
  }

  async *#pages(narrower: Search, signal: AbortSignal): AsyncGenerator<readonly unknown[]> {
    const { client, search, pageSize, logger } = this.#options;
    const attributes = new AttributeSearch(client, { ...search, ...narrower }, { pageSize, logger });
    for await (const page of attributes.pages(signal)) yield page.attributes;
    this.#missing += attributes.missing;
  }
}

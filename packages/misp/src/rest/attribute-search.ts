import type { Logger } from '@misp-pipeline/core';
import { AnswerParser } from './answer-parser.ts';
import { attributeRows } from './attribute-rows.ts';
import { BodyBuffer } from './body-buffer.ts';
import { DistinctAttributes } from './distinct-attributes.ts';
import { HttpError } from './http-error.ts';
import type { MispClient } from './misp-client.ts';
import { type CountStyle, countStyleOf, isEnd, missingRows, type PageCounts, pageCounts } from './page-end.ts';
import { nextWindow, type PageWindow, SMALLEST_PAGE } from './page-window.ts';

const PATH = 'attributes/restSearch';
/** More pages in a row without anything new than any list has; then the server ignores the page that it is asked for. */
const MOST_BARREN_PAGES = 20;
/** How often rows may be found to have moved before reading is given up. */
const MOST_STEPS_BACK = 20;
/** A page that the server cannot make is asked for in smaller ones, so often; then the trouble is another. */
const MOST_CUTS = 4;

/** What one answer brought. */
export interface AttributePage {
  /** The attributes that no page before held; there is at least one. */
  readonly attributes: readonly unknown[];
  /** The whole answer, as it came. Good until the page after next is asked for, that is, while this one is looked at. */
  readonly body: Buffer;
}

export interface SearchOptions {
  /** Rows to ask for at once, at least 25. */
  readonly pageSize: number;
  readonly logger: Logger;
}

interface FetchedPage {
  readonly window: PageWindow;
  readonly rows: readonly unknown[];
  readonly counts: PageCounts;
  readonly body: Buffer;
}

/**
 * Reads the answer to one attribute search page by page, to its proven end and without gaps. (Searches without limit are
 * wrong on large servers: rows come twice or not at all.)
 */
export class AttributeSearch {
  readonly #client: MispClient;
  readonly #search: Readonly<Record<string, unknown>>;
  readonly #logger: Logger;
  /** One for the page that is looked at, one for the page that is on its way. */
  readonly #bodies = [new BodyBuffer(), new BodyBuffer()] as const;
  readonly #parser = new AnswerParser();
  #requests = 0;
  #pageSize: number;
  #cuts = 0;
  #countStyle: CountStyle | undefined;
  #missing = 0;

  /** `search` is the body without `limit` and `page`; it has to ask for an order in which new rows come last. */
  constructor(client: MispClient, search: Readonly<Record<string, unknown>>, options: SearchOptions) {
    this.#client = client;
    this.#search = search;
    this.#logger = options.logger;
    this.#pageSize = options.pageSize;
  }

  /** Rows that the server counted but did not send, so far. */
  get missing(): number {
    return this.#missing;
  }

  /**
   * The pages in order; each attribute is on one of them. Throws an HttpError when one cannot be had. While a page is
   * looked at, the server makes the next one.
   */
  async *pages(signal: AbortSignal): AsyncGenerator<AttributePage> {
    const leaving = new AbortController();
    try {
      yield* this.#pages(AbortSignal.any([signal, leaving.signal]));
    } finally {
      leaving.abort();
    }
  }

  async *#pages(signal: AbortSignal): AsyncGenerator<AttributePage> {
    const distinct = new DistinctAttributes();
    let stepsBack = 0;
    let isLastWhole = false;
    let next = this.#next(0, signal);
    for (let barren = 0; barren < MOST_BARREN_PAGES; ) {
      const { window, rows, counts, body } = await next;
      const start = (window.page - 1) * window.limit;
      if (window.overlap > 0 && isLastWhole && !distinct.hasAny(rows)) {
        // The row that should have come again did not: rows before it left the list, and others slipped through.
        if (++stepsBack > MOST_STEPS_BACK) throw unexpected('the list changes faster than it can be read');
        next = this.#next(Math.max(0, start - window.limit), signal);
        continue;
      }
      const isOver = isEnd(window, counts);
      if (window.page === 1) this.#countStyle = countStyleOf(window, counts);
      if (!isOver) this.#missing += missingRows(window, counts, this.#countStyle);
      const attributes = distinct.fresh(rows);
      // Back over as many rows as were skipped, unless that leads nowhere: one of those that came has to come again.
      const back = attributes.length > 0 ? counts.skipped : 0;
      if (!isOver) next = this.#ahead(start + window.limit - back, signal);
      if (attributes.length > 0) yield { attributes, body };
      if (isOver) return;
      isLastWhole = attributes.length > 0 && rows.length + counts.skipped === window.limit;
      barren = attributes.length === 0 ? barren + 1 : 0;
    }
    throw unexpected(`${MOST_BARREN_PAGES} pages in a row hold nothing new, and yet more are said to follow`);
  }

  /** Asks for a page that is awaited later; a failure is thrown there. */
  #ahead(read: number, signal: AbortSignal): Promise<FetchedPage> {
    const page = this.#next(read, signal);
    page.catch(() => {});
    return page;
  }

  async #next(read: number, signal: AbortSignal): Promise<FetchedPage> {
    for (;;) {
      const window = nextWindow(read, this.#pageSize);
      try {
        return await this.#fetch(window, signal);
      } catch (error) {
        if (!this.#mayBeTooMuch(error)) throw error;
        this.#pageSize = Math.floor(this.#pageSize / 2);
        this.#cuts++;
        this.#logger.warn({ pageSize: this.#pageSize }, `${error.message}; asking for smaller pages`);
      }
    }
  }

  async #fetch(window: PageWindow, signal: AbortSignal): Promise<FetchedPage> {
    const search = { ...this.#search, limit: window.limit, page: window.page };
    const retries = this.#cuts === 0 ? undefined : 1;
    const into = this.#bodies[this.#requests++ % 2];
    const parse = (answer: Buffer) => this.#parser.parse(answer);
    const { document, body, headers } = await this.#client.post(PATH, search, { signal, retries, into, parse });
    const rows = attributeRows(document);
    if (rows === undefined) throw unexpected('there is no `response.Attribute` list');
    if (rows.length > window.limit) {
      throw unexpected(
        `${rows.length} attributes came where ${window.limit} were asked for, so the search was ignored`,
      );
    }
    return { window, rows, body, counts: pageCounts(rows.length, headers) };
  }

  #mayBeTooMuch(error: unknown): error is HttpError {
    if (!(error instanceof HttpError) || this.#cuts === MOST_CUTS || this.#pageSize < 2 * SMALLEST_PAGE) return false;
    return error.kind === 'failed' || error.kind === 'invalid' || error.kind === 'too-large';
  }
}

function unexpected(what: string): HttpError {
  return new HttpError('unexpected', `${PATH} did not answer the search: ${what}`);
}

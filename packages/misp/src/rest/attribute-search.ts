import type { Logger } from '@misp-pipeline/core';
import { isRecord } from '../fields.ts';
import { HttpError } from './http-error.ts';
import type { MispAnswer, MispClient } from './misp-client.ts';
import { isBeyondEnd, pageCounts } from './page-end.ts';

const PATH = 'attributes/restSearch';
/** More empty pages in a row than any allow list makes. */
const MAX_EMPTY_PAGES = 20;
/** A page that the server cannot make is asked for in smaller ones; then the trouble is another. */
const MAX_CUTS = 4;

/** One page of attributes that is not empty. */
export interface AttributePage {
  readonly rows: readonly unknown[];
  /** The answer that held them, as it came. */
  readonly body: Buffer;
}

export interface SearchOptions {
  /** Rows to ask for at once, at least 2. */
  readonly pageSize: number;
  readonly logger: Logger;
}

interface CheckedPage extends AttributePage {
  readonly answer: MispAnswer;
}

/**
 * Reads the answer to one attribute search page by page, to its proven end. Searches without limit are wrong on large
 * servers (rows twice or missing), so that there is none.
 */
export class AttributeSearch {
  readonly #client: MispClient;
  readonly #search: Readonly<Record<string, unknown>>;
  readonly #logger: Logger;
  /** Rows before the next page; always a multiple of the limit. */
  #offset = 0;
  #limit: number;
  #cuts = 0;
  #changed = false;

  /** `search` is the body without `limit` and `page`; it should ask for an order by id. */
  constructor(client: MispClient, search: Readonly<Record<string, unknown>>, options: SearchOptions) {
    this.#client = client;
    this.#search = search;
    this.#logger = options.logger;
    this.#limit = options.pageSize;
  }

  /**
   * True, after the last page, when rows moved to an earlier page while this one read (an attribute before them was
   * deleted or left the search): some may have been missed.
   */
  get changed(): boolean {
    return this.#changed;
  }

  /** The pages in order. Throws an HttpError when one cannot be had. */
  async *pages(signal: AbortSignal): AsyncGenerator<AttributePage> {
    let last: { readonly offset: number; readonly first: unknown } | undefined;
    for (let empty = 0; empty < MAX_EMPTY_PAGES; this.#offset += this.#limit) {
      const { rows, body, answer } = await this.#next(signal);
      if (isBeyondEnd(pageCounts(this.#page, this.#limit, rows.length, answer.headers))) {
        if (last !== undefined && last.offset > 0) await this.#compare(last, signal);
        return;
      }
      empty = rows.length === 0 ? empty + 1 : 0;
      if (empty > 0) continue;
      const first = attributeId(rows[0]);
      if (last !== undefined && first === last.first)
        throw unexpected(`page ${this.#page} begins as the page before it`);
      last = { offset: this.#offset, first };
      yield { rows, body };
    }
    throw unexpected(`${MAX_EMPTY_PAGES} pages in a row are empty, and yet more are said to follow`);
  }

  /** Looks at the last page again: rows that moved to the front meanwhile show at its beginning. */
  async #compare(last: { readonly offset: number; readonly first: unknown }, signal: AbortSignal): Promise<void> {
    this.#offset = last.offset;
    const again = await this.#next(signal);
    this.#changed = attributeId(again.rows[0]) !== last.first;
  }

  get #page(): number {
    return this.#offset / this.#limit + 1;
  }

  async #next(signal: AbortSignal): Promise<CheckedPage> {
    for (;;) {
      try {
        const body = { ...this.#search, limit: this.#limit, page: this.#page };
        const retries = this.#cuts === 0 ? undefined : 1;
        return this.#checked(await this.#client.post(PATH, body, { signal, retries }));
      } catch (error) {
        if (!this.#mayBeTooMuch(error)) throw error;
        const divisor = smallestDivisor(this.#limit);
        this.#limit /= divisor;
        this.#cuts++;
        this.#logger.warn({ pageSize: this.#limit }, 'the server could not answer; asking for smaller pages');
      }
    }
  }

  #mayBeTooMuch(error: unknown): error is HttpError {
    const size =
      error instanceof HttpError && (error.kind === 'failed' || error.kind === 'invalid' || error.kind === 'too-large');
    return size && this.#cuts < MAX_CUTS && this.#limit / smallestDivisor(this.#limit) > 1;
  }

  #checked(answer: MispAnswer): CheckedPage {
    const rows = attributeRows(answer.document);
    if (rows === undefined) throw unexpected('there is no `response.Attribute` list');
    if (rows.length > this.#limit) {
      throw unexpected(`${rows.length} attributes came where ${this.#limit} were asked for, so the search was ignored`);
    }
    return { rows, body: answer.body, answer };
  }
}

function unexpected(what: string): HttpError {
  return new HttpError('unexpected', `${PATH} did not answer the search: ${what}`);
}

/** The rows of an answer to an attribute search, or undefined for another document. */
export function attributeRows(document: unknown): readonly unknown[] | undefined {
  const response = isRecord(document) ? document.response : undefined;
  const rows = isRecord(response) ? response.Attribute : undefined;
  return Array.isArray(rows) ? rows : undefined;
}

/** What tells attributes of one server apart: the id as a number, or what else there is. Undefined for what is none. */
export function attributeId(row: unknown): unknown {
  if (!isRecord(row)) return undefined;
  const id = Number(row.id);
  return Number.isSafeInteger(id) && id > 0 ? id : row.uuid;
}

/** Dividing the limit by it keeps the offset a multiple of the limit, so that no row is read twice or left out. */
function smallestDivisor(limit: number): number {
  for (let divisor = 2; divisor * divisor <= limit; divisor++) if (limit % divisor === 0) return divisor;
  return limit;
}

import type { IncomingHttpHeaders } from 'node:http';
import { type Logger, messageOf, type Secret } from '@misp-pipeline/core';
import { isRecord } from '../fields.ts';
import { type HttpAnswer, HttpClient, type HttpRequest } from './http-client.ts';
import { HttpError } from './http-error.ts';
import { parseJson } from './parse-json.ts';
import { serverMessage } from './server-message.ts';

/** MISP counts searches in windows of 900 seconds. */
const RATE_LIMIT_WINDOW = 900;

export interface MispClientOptions {
  /** Base URL of the server; it may have a path. */
  readonly url: string;
  /** The user's authentication key. */
  readonly key: Secret;
  /** Certificates in PEM that are trusted instead of the system's. */
  readonly ca?: string | undefined;
  readonly verifyTls: boolean;
  /** Seconds that one attempt of a request may take. */
  readonly timeout: number;
  /** Further attempts after the first, for failures that may pass. */
  readonly retries: number;
  /** Seconds before the second attempt; doubles with each further one. */
  readonly retryDelay: number;
  /** Bytes that one answer may have. */
  readonly maxBytes: number;
  readonly logger: Logger;
}

/** An answer in JSON, parsed and as it came. */
export interface MispAnswer {
  readonly document: unknown;
  readonly body: Buffer;
  readonly headers: IncomingHttpHeaders;
}

export interface RequestOptions extends Pick<HttpRequest, 'signal' | 'retries' | 'into'> {
  /** Instead of parseJson. */
  readonly parse?: (body: Buffer) => unknown;
}

/** The REST API of one MISP server. Errors are HttpErrors with the server's own words; the key is in none of them. */
export class MispClient {
  readonly #http: HttpClient;
  readonly #base: URL;

  constructor(options: MispClientOptions) {
    this.#base = new URL(options.url.endsWith('/') ? options.url : `${options.url}/`);
    this.#http = new HttpClient({
      ...options,
      secretHeaders: { authorization: options.key },
      maxWait: RATE_LIMIT_WINDOW,
      explain: serverMessage,
    });
  }

  /** Requests so far, repeated ones included. */
  get requests(): number {
    return this.#http.requests;
  }

  /** Version of the server. Tests network, certificate, key and role at once. */
  async getVersion(signal: AbortSignal): Promise<string> {
    const url = new URL('servers/getVersion', this.#base);
    return this.#http.request({ url, signal, headers: { accept: 'application/json' } }, (answer) => {
      const { document } = parsed(url, answer);
      if (isRecord(document) && typeof document.version === 'string') return document.version;
      throw new HttpError('unexpected', `\`${url}\` names no version: is this a MISP server?`);
    });
  }

  /** Asks for a path such as `feeds/index`. */
  get(path: string, { parse, ...request }: RequestOptions): Promise<MispAnswer> {
    const url = new URL(path, this.#base);
    return this.#http.request({ url, ...request, headers: { accept: 'application/json' } }, (answer) =>
      parsed(url, answer, parse),
    );
  }

  /** Posts JSON to a path such as `attributes/restSearch`. Without the content type MISP would ignore the body. */
  post(path: string, body: unknown, { parse, ...request }: RequestOptions): Promise<MispAnswer> {
    const url = new URL(path, this.#base);
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    return this.#http.request({ url, ...request, headers, body: JSON.stringify(body) }, (answer) =>
      parsed(url, answer, parse),
    );
  }
}

function parsed(url: URL, answer: HttpAnswer, parse = parseJson): MispAnswer {
  try {
    return { document: parse(answer.body), body: answer.body, headers: answer.headers };
  } catch (error) {
    throw new HttpError('invalid', `\`${url}\` answered 200, but what it sent is ${messageOf(error)}`);
  }
}

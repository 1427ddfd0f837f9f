import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, type Logger, messageOf, oneLine, type Secret } from '@misp-pipeline/core';
import { BodyBuffer } from './body-buffer.ts';
import { failureOfCode, failureOfStatus, HttpError } from './http-error.ts';
import { type RetryPolicy, retryAfter, waitOf } from './retry.ts';

export interface HttpOptions extends RetryPolicy {
  readonly logger: Logger;
  /** Sent with each request, and never shown. */
  readonly secretHeaders: Readonly<Record<string, Secret>>;
  /** Certificates in PEM that are trusted instead of the system's. */
  readonly ca?: string | undefined;
  readonly verifyTls: boolean;
  /** Seconds that one attempt may take in all. */
  readonly timeout: number;
  /** Bytes that a body may have, after decompression. */
  readonly maxBytes: number;
  /** What the body of an error says, for the message. */
  readonly explain?: (body: Buffer) => string | undefined;
}

export interface HttpRequest {
  readonly url: URL;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes the request a POST. */
  readonly body?: string;
  /** Instead of the client's own number. */
  readonly retries?: number | undefined;
  /** Memory for the body; new memory when left out. */
  readonly into?: BodyBuffer | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Requests with a size limit, a deadline and retries with exponential back-off. Redirects are never followed: a secret
 * header must not travel to another place, and MISP answers with one when it is down for maintenance. All errors are
 * HttpErrors, except for the reason of the signal when that aborts.
 */
export class HttpClient {
  readonly #options: HttpOptions;
  #requests = 0;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** Requests so far, repeated ones included. */
  get requests(): number {
    return this.#requests;
  }

  /** Asks until `read` accepts an answer of status 2xx; an HttpError that `read` throws counts as a failed attempt. */
  async request<T>(request: HttpRequest, read: (answer: HttpAnswer) => T): Promise<T> {
    const policy = { ...this.#options, retries: request.retries ?? this.#options.retries };
    for (let attempt = 0; ; attempt++) {
      let wait: number | undefined;
      try {
        return read(this.#accepted(request.url, await this.#attempt(request)));
      } catch (error) {
        request.signal.throwIfAborted();
        const failure = this.#failure(request.url, error);
        wait = retryAfter(failure, attempt, policy);
        if (wait === undefined) throw failure;
        const level = failure.kind === 'busy' ? 'warn' : 'debug';
        this.#options.logger[level](
          { seconds: wait, attempt: attempt + 1 },
          `${failure.message}; waiting to try again`,
        );
      }
      await sleep(wait * 1000, undefined, { signal: request.signal });
    }
  }

  async #attempt(request: HttpRequest): Promise<HttpAnswer> {
    // Loading got takes a tenth of a second, which a run without network should not pay.
    const { default: got } = await import('got');
    this.#requests++;
    const { timeout, ca, verifyTls, maxBytes } = this.#options;
    const stream = got.stream(request.url, {
      method: request.body === undefined ? 'GET' : 'POST',
      headers: { 'user-agent': 'misp-pipeline', ...request.headers, ...this.#secretHeaders() },
      ...(request.body === undefined ? {} : { body: request.body }),
      followRedirect: false,
      throwHttpErrors: false,
      retry: { limit: 0 },
      timeout: { request: timeout * 1000 },
      https: { rejectUnauthorized: verifyTls, ...(ca === undefined ? {} : { certificateAuthority: ca }) },
      signal: request.signal,
    });
    let head: Pick<HttpAnswer, 'headers' | 'status'> = { status: 0, headers: {} };
    stream.once('response', (response) => {
      head = { status: response.statusCode, headers: response.headers };
    });
    const { into: body = new BodyBuffer() } = request;
    body.clear();
    for await (const chunk of stream) {
      body.append(chunk);
      // Leaving the loop destroys the stream and its connection.
      if (body.size > maxBytes) throw new HttpError('too-large', `\`${request.url}\` has more than ${maxBytes} bytes`);
    }
    return { ...head, body: body.bytes };
  }

  #secretHeaders(): Record<string, string> {
    const entries = Object.entries(this.#options.secretHeaders);
    // A key read from a file often ends with a line break, which no header may hold.
    return Object.fromEntries(entries.map(([name, secret]) => [name, secret.reveal().trim()]));
  }

  #accepted(url: URL, answer: HttpAnswer): HttpAnswer {
    if (answer.status >= 200 && answer.status < 300) return answer;
    const kind = failureOfStatus(answer.status);
    if (kind === 'redirected') {
      const { location } = answer.headers;
      if (location === undefined) throw new HttpError(kind, `\`${url}\` redirects, and does not say where to`);
      const target = this.#quotable(location);
      throw new HttpError(kind, `\`${url}\` redirects to \`${target}\`, which is not followed`, undefined, {
        location: URL.canParse(target, url.href) ? new URL(target, url).href : undefined,
      });
    }
    const says = this.#options.explain?.(answer.body);
    const message = `\`${url}\` answered ${answer.status}${says === undefined ? '' : `: ${this.#quotable(says)}`}`;
    throw new HttpError(kind, message, kind === 'busy' || answer.status === 503 ? waitOf(answer.headers) : undefined);
  }

  /** got's errors carry the request's headers, so that only their code and text go on. */
  #failure(url: URL, error: unknown): HttpError {
    if (error instanceof HttpError) return error;
    const code = errorCode(error) ?? '';
    const message = `\`${url}\`: ${this.#quotable(messageOf(error))}`;
    return new HttpError(failureOfCode(code), message, undefined, { code });
  }

  /** Text of the other side for a message: without secrets, since a server may echo what it was sent, and on one line. */
  #quotable(text: string): string {
    let quotable = text;
    for (const value of Object.values(this.#secretHeaders())) {
      if (value !== '') quotable = quotable.replaceAll(value, '***');
    }
    return oneLine(quotable);
  }
}

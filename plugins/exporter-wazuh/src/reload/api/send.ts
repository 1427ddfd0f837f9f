import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { messageOf } from '@misp-pipeline/core';

export interface SendOptions {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  /** Certificates in PEM that are trusted instead of the system's. */
  readonly ca: string | undefined;
  readonly verifyTls: boolean;
  /** Seconds that all of it may take. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Bytes of the answer that are read; what is longer is cut off there. */
  readonly maxBytes: number;
}

export interface Reply {
  readonly status: number;
  readonly isJson: boolean;
  readonly body: Buffer;
}

/**
 * Sends one request and reads the answer. A redirect is an answer like any other: the password must not travel. Throws,
 * without a word of the headers, when there is no answer.
 */
export async function send(url: URL, options: SendOptions): Promise<Reply> {
  const { signal, timeout } = options;
  const deadline = AbortSignal.timeout(timeout * 1000);
  try {
    return await exchange(url, { ...options, signal: AbortSignal.any([signal, deadline]) });
  } catch (error) {
    signal.throwIfAborted();
    const why = deadline.aborted ? `no answer within ${timeout} seconds` : messageOf(error);
    throw new Error(`\`${options.method} ${url}\`: ${why}`);
  }
}

function exchange(url: URL, { method, headers, body, ca, verifyTls, signal, maxBytes }: SendOptions): Promise<Reply> {
  const isTls = url.protocol === 'https:';
  const tls = isTls ? { rejectUnauthorized: verifyTls, ...(ca === undefined ? {} : { ca }) } : {};
  const length = body === undefined ? {} : { 'content-length': String(body.length) };
  return new Promise((resolve, reject) => {
    const request = (isTls ? requestHttps : requestHttp)(url, {
      method,
      headers: { 'user-agent': 'misp-pipeline', ...headers, ...length },
      ...tls,
      // A connection that is kept open breaks when the manager restarts.
      agent: false,
      signal,
    });
    request.once('error', reject);
    request.once('response', async (response) => {
      try {
        const chunks: Buffer[] = [];
        let size = 0;
        for await (const chunk of response) {
          chunks.push(chunk);
          size += chunk.length;
          // Leaving the loop destroys the answer and its connection.
          if (size > maxBytes) break;
        }
        const isJson = response.headers['content-type']?.includes('json') ?? false;
        resolve({ status: response.statusCode ?? 0, isJson, body: Buffer.concat(chunks).subarray(0, maxBytes) });
      } catch (error) {
        reject(error);
      }
    });
    request.end(body);
  });
}

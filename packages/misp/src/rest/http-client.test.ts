import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Secret } from '@misp-pipeline/core';
import {
  hasOpenssl,
  type Loopback,
  type ReceivedRequest,
  RecordingLogger,
  selfSignedCertificate,
  startLoopback,
} from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpClient, type HttpOptions } from './http-client.ts';
import { HttpError, isMaintenance } from './http-error.ts';

const CANARY = 'CanaryKeyThatNobodyMaySee0123456789abcdef';
const servers: Loopback[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(answer: (request: ReceivedRequest, response: ServerResponse) => void): Promise<URL> {
  const server = await startLoopback(answer);
  servers.push(server);
  return new URL(`${server.url}/some/path`);
}

function client(options: Partial<HttpOptions> = {}): HttpClient {
  return new HttpClient({
    logger: new RecordingLogger().logger,
    secretHeaders: { authorization: new Secret(CANARY) },
    verifyTls: true,
    timeout: 5,
    retries: 2,
    retryDelay: 0.01,
    maxWait: 1,
    maxBytes: 1000,
    ...options,
  });
}

const signal = new AbortController().signal;
const textOf = (url: URL, options: Partial<HttpOptions> = {}) =>
  client(options).request({ url, signal }, ({ body }) => body.toString());

async function failureOf(reading: Promise<unknown>): Promise<HttpError> {
  const error: unknown = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HttpError)) throw new Error(`no HttpError but ${inspect(error)}`);
  return error;
}

describe('HttpClient', () => {
  it('sends its secrets, and nothing that was not asked for', async () => {
    let seen: ReceivedRequest | undefined;
    const url = await serve((request, response) => {
      seen = request;
      response.end('fine');
    });
    expect(await textOf(url)).toBe('fine');
    expect(seen).toMatchObject({ method: 'GET', path: '/some/path' });
    expect(seen?.headers).toMatchObject({ authorization: CANARY, 'user-agent': 'misp-pipeline' });
  });

  it('takes a key that was read from a file with a line break at its end', async () => {
    const url = await serve(({ headers }, response) => response.end(headers.authorization));
    expect(await textOf(url, { secretHeaders: { authorization: new Secret('abc\n') } })).toBe('abc');
  });

  it('never follows a redirect, and says where it leads', async () => {
    let requests = 0;
    const url = await serve((_request, response) => {
      requests++;
      response.writeHead(302, { location: '/users/login' }).end();
    });
    const error = await failureOf(textOf(url));
    expect(error.kind).toBe('redirected');
    expect(error.message).toContain('redirects to `/users/login`');
    expect(error.location).toBe(new URL('/users/login', url).href);
    expect(isMaintenance(error)).toBe(true);
    expect(requests).toBe(1);
  });

  it.each([
    ['/?next=/users/login', false],
    ['https://misp.example.org/misp/users/login', true],
    [undefined, false],
  ])('takes only the path of the login page for maintenance: %s', async (location, expected) => {
    const url = await serve((_request, response) =>
      response.writeHead(303, location === undefined ? {} : { location }).end(),
    );
    const error = await failureOf(textOf(url));
    expect(isMaintenance(error)).toBe(expected);
    if (location === undefined) expect(error.message).toContain('does not say where to');
  });

  it('asks again after failures that may pass', async () => {
    const answers: ((response: ServerResponse) => void)[] = [
      (response) => response.socket?.resetAndDestroy(),
      (response) => response.writeHead(503).end(),
      (response) => response.end('at last'),
    ];
    const url = await serve((_request, response) => answers.shift()?.(response));
    expect(await textOf(url)).toBe('at last');
  });

  it('gives up after the last attempt with the last failure', async () => {
    let requests = 0;
    const url = await serve((_request, response) => {
      requests++;
      response.writeHead(500).end();
    });
    expect(await failureOf(textOf(url))).toMatchObject({ kind: 'failed', message: `\`${url}\` answered 500` });
    expect(requests).toBe(3);
  });

  it.each([
    [401, 'refused'],
    [403, 'refused'],
    [404, 'missing'],
    [410, 'missing'],
    [405, 'rejected'],
  ] as const)('asks only once when the answer is %i', async (status, kind) => {
    let requests = 0;
    const url = await serve((_request, response) => {
      requests++;
      response.writeHead(status).end();
    });
    expect((await failureOf(textOf(url))).kind).toBe(kind);
    expect(requests).toBe(1);
  });

  it('waits as long as a busy server asks, and says so', async () => {
    let requests = 0;
    const url = await serve((_request, response) => {
      if (++requests === 1) response.writeHead(429, { 'x-rate-limit-reset': '1' }).end();
      else response.end('now');
    });
    const { logger, lines } = new RecordingLogger();
    const before = performance.now();
    expect(await textOf(url, { logger })).toBe('now');
    expect(performance.now() - before).toBeGreaterThanOrEqual(950);
    expect(lines.join()).toMatch(/^warn .*seconds: 1.*answered 429/);
  });

  it('does not wait longer than allowed', async () => {
    const url = await serve((_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    expect((await failureOf(textOf(url))).kind).toBe('busy');
  });

  it('stops reading a body that is too large', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(1001)));
    expect(await failureOf(textOf(url))).toMatchObject({
      kind: 'too-large',
      message: `\`${url}\` has more than 1000 bytes`,
    });
  });

  it('counts the bytes of a compressed body after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const url = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect((await failureOf(textOf(url, { maxBytes: 1_000_000 }))).kind).toBe('too-large');
  });

  it('treats a body that ends too early as a failure', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half of it', () => response.destroy());
    });
    expect((await failureOf(textOf(url))).kind).toBe('failed');
  });

  it('gives up on a server that answers too slowly', async () => {
    const url = await serve((_request, response) => void response.writeHead(200).write('x'));
    const error = await failureOf(textOf(url, { timeout: 0.1, retries: 0 }));
    expect(error).toMatchObject({ kind: 'failed', message: expect.stringContaining('100ms') });
  });

  it('says that nobody listens', async () => {
    const url = await serve(() => {});
    await servers.pop()?.close();
    expect(await failureOf(textOf(url))).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('asks once more when the reader cannot use the answer', async () => {
    let requests = 0;
    const url = await serve((_request, response) => response.end(++requests === 1 ? '{"cut' : '{}'));
    const reading = client().request({ url, signal }, ({ body }) => {
      if (body.length > 2) throw new HttpError('invalid', 'cut short');
      return 'read';
    });
    expect(await reading).toBe('read');
  });

  it('stops with the reason of the signal, in the middle of a request as well as between two', async () => {
    const url = await serve((_request, response) => void response.writeHead(200).write('x'));
    const busy = await serve((_request, response) => response.writeHead(429, { 'retry-after': '60' }).end());
    for (const target of [url, busy]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 50);
      const reading = client({ maxWait: 60 }).request({ url: target, signal: controller.signal }, () => 'read');
      await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    }
  });

  it('quotes a server on one short line, and cuts no secret in two', async () => {
    const said = `a\r\n\x1b[31mb\u2028\u202ec ${'x'.repeat(270)} ${CANARY} and more`;
    const url = await serve((_request, response) => response.writeHead(404).end(said));
    const { message } = await failureOf(textOf(url, { explain: (body) => body.toString() }));
    expect(message).toBe(`\`${url}\` answered 404: a [31mb c ${'x'.repeat(270)} *** and more`);
  });

  it('shows its secrets in no error and no line of the log, also when the server echoes them', async () => {
    const { logger, lines } = new RecordingLogger();
    const echo = await serve(({ headers }, response) => response.writeHead(500).end(`no: ${headers.authorization}`));
    const redirect = await serve(({ headers }, response) =>
      response.writeHead(302, { location: `/?key=${headers.authorization}` }).end(),
    );
    const reset = await serve((_request, response) => response.socket?.resetAndDestroy());
    const options = { logger, explain: (body: Buffer) => body.toString() };
    for (const url of [echo, redirect, reset]) {
      const error = await failureOf(textOf(url, options));
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(CANARY);
      expect(error.cause).toBeUndefined();
    }
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain(CANARY);
  });
});

describe.skipIf(!hasOpenssl())('HttpClient over TLS (needs openssl)', () => {
  it('refuses a certificate that it does not know, and does not try again', async () => {
    const server = await startLoopback((_request, response) => response.end('secret'), selfSignedCertificate());
    servers.push(server);
    const { logger, lines } = new RecordingLogger();
    expect((await failureOf(textOf(new URL(server.url), { logger }))).kind).toBe('untrusted');
    expect(lines).toEqual([]);
  });

  it('accepts the certificate when it is told its authority, or not to look', async () => {
    const certificate = selfSignedCertificate();
    const server = await startLoopback((_request, response) => response.end('secret'), certificate);
    servers.push(server);
    expect(await textOf(new URL(server.url), { ca: certificate.cert })).toBe('secret');
    expect(await textOf(new URL(server.url), { verifyTls: false })).toBe('secret');
    const another = selfSignedCertificate().cert;
    expect((await failureOf(textOf(new URL(server.url), { ca: another }))).kind).toBe('untrusted');
  });
});

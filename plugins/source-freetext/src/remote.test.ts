import { rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import type { StageServices } from '@misp-pipeline/core';
import {
  type Loopback,
  type ReceivedRequest,
  RecordingLogger,
  readSource,
  type SourceReading,
  startLoopback,
  testServices,
} from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import plugin from './index.ts';

const LIST = 'a.example\nb.example\nc.example\nd.example\n';

let services: StageServices;
let server: Loopback;
let requests: ReceivedRequest[];
let answer: (response: ServerResponse, request: ReceivedRequest) => void;

beforeEach(async () => {
  services = testServices();
  requests = [];
  answer = (response) => response.end(LIST);
  server = await startLoopback((request, response) => {
    requests.push(request);
    answer(response, request);
  });
});
afterEach(async () => {
  await server.close();
  rmSync(services.stateDir, { recursive: true });
});

function read(options: Record<string, unknown> = {}, own: Partial<StageServices> = {}): Promise<SourceReading> {
  const parsed = plugin.options.parse({ url: `${server.url}/list.txt`, retries: 0, ...options });
  return readSource(plugin.create(parsed, { ...services, ...own }));
}

const valuesOf = ({ indicators }: SourceReading) => indicators.map(({ value }) => value);
const ALL = ['a.example', 'b.example', 'c.example', 'd.example'];

/** Answers as a server does that knows `ETag` or `Last-Modified`. */
function answerUnlessKnown(header: 'etag' | 'last-modified', asked: string, validator: string): void {
  answer = (response, { headers }) => {
    if (headers[asked] === validator) response.writeHead(304).end();
    else response.setHeader(header, validator).end(LIST);
  };
}

describe('source freetext over HTTP', () => {
  it('reads the text, and names its address and line', async () => {
    answer = (response) => response.end('a.example\nnothing here\n');
    const { rejected } = await read();
    expect(rejected).toEqual([
      { reason: 'rejected:no-indicator', value: 'nothing here', place: `${server.url}/list.txt:2` },
    ]);
  });

  it.each([
    ['etag', 'if-none-match', '"v1"'],
    ['last-modified', 'if-modified-since', 'Tue, 24 Nov 2026 00:00:00 GMT'],
  ] as const)('fetches no text again that has not changed, by its %s', async (header, asked, validator) => {
    answerUnlessKnown(header, asked, validator);
    const first = await read();
    const second = await read();
    expect(requests.map(({ headers }) => headers[asked])).toEqual([undefined, validator]);
    expect(valuesOf(second)).toEqual(ALL);
    expect(second.indicators).toEqual(first.indicators);
    expect(second.problems).toEqual([]);
  });

  it('asks for everything again in a full run', async () => {
    answerUnlessKnown('etag', 'if-none-match', '"v1"');
    await read();
    await read({}, { full: true });
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined]);
  });

  it('follows no redirect, also when it asks for changes only', async () => {
    answerUnlessKnown('etag', 'if-none-match', '"v1"');
    await read();
    answer = (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
    const { problems } = await read();
    expect(problems[0]?.message).toMatch(
      /redirects to `http:\/\/127\.0\.0\.1:9\/`, which is not followed; the text of/,
    );
  });

  it('uses the text of the last run when the server is down, and says so', async () => {
    await read();
    await server.close();
    const reading = await read();
    expect(valuesOf(reading)).toEqual(ALL);
    expect(reading.problems[0]?.message).toMatch(/ECONNREFUSED.*; the text of the last run is used/);
  });

  it('fails when the server is down and there is no earlier text, or none is wanted', async () => {
    answer = (response) => response.writeHead(503).end();
    await expect(read()).rejects.toThrow(/cannot be read: .*503/);
    answer = (response) => response.end(LIST);
    await read();
    answer = (response) => response.writeHead(503).end();
    await expect(read({ unreachable: 'fail' })).rejects.toThrow(/cannot be read: .*503/);
  });

  it('repeats the last run without the server', async () => {
    await read();
    await server.close();
    const reading = await read({}, { replay: true });
    expect(valuesOf(reading)).toEqual(ALL);
    expect(reading.problems).toEqual([]);
  });

  it('cannot repeat a run that never was', async () => {
    await expect(read({}, { replay: true })).rejects.toThrow(/no earlier run has mirrored it/);
  });

  it('keeps the last good text when the server sends an empty or a shrunken one', async () => {
    await read();
    for (const text of ['', 'a.example\n', 'Please log in']) {
      answer = (response) => response.end(text);
      await expect(read()).rejects.toThrow(/ values instead of 4 in the last run/);
    }
    expect(valuesOf(await read({}, { replay: true }))).toEqual(ALL);
  });

  it('takes no web page for the text', async () => {
    const page = '<!DOCTYPE html>\n<a href="https://login.example/">a.example</a>';
    answer = (response) => response.end(page);
    await expect(read()).rejects.toThrow(/is a web page rather than a text/);
    answer = (response) => response.end(LIST);
    await read();
    answer = (response) => response.end(page);
    expect(valuesOf(await read())).toEqual(ALL);
  });

  it.each([
    '<!-- proxy --><!DOCTYPE html><p>a.example</p>',
    '<?xml version="1.0"?>\n<html lang="en"><p>a.example</p>',
    '<head><title>Log in</title></head>',
  ])('takes no web page for the text that begins with something else: %s', async (page) => {
    answer = (response) => response.end(page);
    await expect(read()).rejects.toThrow(/is a web page rather than a text/);
  });

  it('shows no token that the address holds', async () => {
    const url = `${server.url}/list.txt?token=canary-key-1`;
    answer = (response) => response.end('a.example\nnothing here\n');
    const { rejected } = await read({ url });
    expect(rejected[0]?.place).toBe(`${server.url}/list.txt?token=***:2`);
    answer = (response) => response.writeHead(503).end();
    const { problems } = await read({ url });
    expect(problems[0]).toMatchObject({ place: `${server.url}/list.txt?token=***` });
    expect(problems[0]?.message).toMatch(/list\.txt\?token=\*\*\*` answered 503/);
    const log = new RecordingLogger();
    answer = (response) => response.writeHead(429).end();
    const options = { url, unreachable: 'fail', retries: 1, retryDelay: 0.001 };
    const error: unknown = await read(options, { logger: log.logger }).catch((thrown: unknown) => thrown);
    expect(inspect(error, { depth: 9 })).toMatch(/cannot be read/);
    expect(log.lines.join()).toMatch(/list\.txt\?token=\*\*\*` answered 429; waiting/);
    expect(`${inspect(error, { depth: 9 })}${log.lines.join()}`).not.toContain('canary');
  });

  it('sends secret headers and shows them to nobody', async () => {
    answer = (response) => response.writeHead(403).end('the key canary-key is wrong');
    const reading = read({ headers: { 'Auth-Key': 'canary-key' } });
    await expect(reading).rejects.toThrow(/refused the key/);
    await expect(reading).rejects.not.toThrow(/canary-key/);
    expect(requests[0]?.headers['auth-key']).toBe('canary-key');
  });

  it('stops at a text that is larger than `maxBytes` allows', async () => {
    answer = (response) => response.end('x'.repeat(5000));
    await expect(read({ maxBytes: 1024 })).rejects.toThrow(/has more than 1024 bytes/);
  });
});

import { IndexUnavailable, withFallback } from '@misp-pipeline/lookup';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aKnownDomain, aKnownOrigin } from '../../testing/make-known.ts';
import { MemoryIndex } from '../../testing/memory-index.ts';
import { OPTIONS, startService, type TestService } from '../../testing/service.ts';
import type { ServeOptions } from '../options.ts';

const INDEX = [aKnownDomain('evil.example'), aKnownDomain('red.example', { origins: [aKnownOrigin({ tlp: 'red' })] })];

let index: MemoryIndex;
let service: TestService;

async function start(options: Partial<ServeOptions> = {}): Promise<void> {
  index = new MemoryIndex(INDEX);
  service = await startService(index, options);
}

afterEach(() => service.close());

function post(body: string, type = 'application/json'): Promise<Response> {
  return fetch(`${service.url}/lookup`, { method: 'POST', body, headers: { 'content-type': type } });
}

async function lines(body: string): Promise<unknown[]> {
  const answer = await (await post(body, 'application/x-ndjson')).text();
  return answer
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('GET /lookup', () => {
  it('answers for a defanged value', async () => {
    await start();
    const answer = await fetch(`${service.url}/lookup?value=${encodeURIComponent('www.evil[.]example')}`);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.json()).toMatchObject({
      value: 'www.evil[.]example',
      readings: ['www.evil.example'],
      verdict: 'live',
      indicators: [{ relation: 'parent-domain', value: 'evil.example', origins: [{ tlp: 'green' }] }],
      shortened: false,
      degraded: false,
    });
  });

  it.each([
    ['no value', '', "`querystring` must have required property 'value'"],
    ['two values', '?value=a&value=b', '`querystring/value` must be string'],
    ['another parameter', '?value=a&valeu=b', '`querystring` must NOT have additional properties'],
    ['a long value', `?value=${'a'.repeat(4097)}`, '`querystring/value` must NOT have more than 4096 characters'],
  ])('refuses %s', async (_what, query, detail) => {
    await start();
    const answer = await fetch(`${service.url}/lookup${query}`);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await answer.json()).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail,
      hint: '`/openapi.json` says what each request looks like.',
    });
  });

  it('lists no more than the limit and says so, and counts all', async () => {
    const origins = ['a', 'b', 'c'].map((attribute) => aKnownOrigin({ attribute }));
    service = await startService(new MemoryIndex([aKnownDomain('evil.example', { origins })]), {
      limits: { ...OPTIONS.limits, details: 2 },
    });
    const answer = await (await fetch(`${service.url}/lookup?value=evil.example`)).json();
    expect(answer).toMatchObject({ shortened: true, summary: { attributes: 3 } });
    expect(answer).toHaveProperty('indicators.0.origins.length', 2);
  });

  it('says that another index had to answer', async () => {
    const primary = {
      read: () => Promise.reject(new IndexUnavailable('timeout', 'away')),
      find: () => Promise.reject(new Error('not asked')),
      snapshot: () => Promise.reject(new IndexUnavailable('timeout', 'away')),
      close: () => Promise.resolve(),
    };
    service = await startService(withFallback(primary, new MemoryIndex(INDEX)));
    const answer = await (await fetch(`${service.url}/lookup?value=evil.example`)).json();
    expect(answer).toMatchObject({ verdict: 'live', degraded: true });
  });

  it('says that the index cannot be asked, and the log says why', async () => {
    await start();
    index.fault = new Error('disk of stone');
    const answer = await fetch(`${service.url}/lookup?value=a.example`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('stone');
    expect(service.log.join('\n')).toContain('error the index cannot be asked: disk of stone');
  });
});

describe('POST /lookup with JSON', () => {
  it('answers in the order of the questions', async () => {
    await start();
    const values = Array.from({ length: 250 }, (_, i) => (i % 2 === 0 ? `${i}.example` : 'evil.example'));
    const { answers } = (await (await post(JSON.stringify({ values }))).json()) as { answers: { value: string }[] };
    expect(answers.map(({ value }) => value)).toEqual(values);
    expect(answers[249]).toMatchObject({ verdict: 'live' });
  });

  it.each([
    ['broken JSON', '{"values": [', 400, 'the body is no JSON'],
    ['no JSON', '', 400, 'the body is empty'],
    ['no list', '{"values": "a"}', 400, '`body/values` must be array'],
    ['an empty list', '{"values": []}', 400, '`body/values` must NOT have fewer than 1 items'],
    ['a number', '{"values": [1]}', 400, '`body/values/0` must be string'],
    ['a prototype', '{"__proto__": {}, "values": ["a"]}', 400, 'the body is no JSON'],
    [
      'many values',
      JSON.stringify({ values: Array(1001).fill('a') }),
      400,
      '`body/values` must NOT have more than 1000 items',
    ],
    ['a large body', JSON.stringify({ values: Array(999).fill('a'.repeat(2000)) }), 413, 'the body is too large'],
  ])('refuses %s', async (_what, body, status, detail) => {
    await start();
    expect(await (await post(body)).json()).toMatchObject({ status, detail });
  });

  it('refuses a body of another type', async () => {
    await start();
    expect(await (await post('values=a', 'application/x-www-form-urlencoded')).json()).toMatchObject({ status: 415 });
    expect(await (await post('a', 'text/plain')).json()).toMatchObject({ status: 415 });
  });

  it('refuses what would have too large an answer', async () => {
    await start({ limits: { ...OPTIONS.limits, answer: 5000 } });
    const body = JSON.stringify({ values: Array(10).fill('evil.example') });
    expect(await (await post(body)).json()).toMatchObject({ status: 413, detail: 'the answer is too large' });
  });
});

describe('POST /lookup with NDJSON', () => {
  it('answers values and objects line by line, and says what is wrong with the others', async () => {
    await start();
    const body = ['evil.example', '{"value": "red.example"}', '', '{"value": 7}', '{oops', '"x.example"'].join('\r\n');
    expect(await lines(body)).toMatchObject([
      { value: 'evil.example', verdict: 'live' },
      { value: 'red.example', verdict: 'absent' },
      { line: 4, problem: { status: 400, detail: 'the line `{"value": 7}` has no text as `value`' } },
      { line: 5, problem: { status: 400, detail: 'the line `{oops` is no JSON' } },
      { value: 'x.example', verdict: 'absent' },
    ]);
  });

  it('goes on after a line that is too long', async () => {
    await start();
    expect(await lines(`${'a'.repeat(100_000)}\n${'b'.repeat(4097)}\nevil.example`)).toMatchObject([
      { line: 1, problem: { status: 400 } },
      { line: 2, problem: { status: 400 } },
      { verdict: 'live' },
    ]);
  });

  it('ends with a line that says so when there are too many', async () => {
    await start({ limits: { ...OPTIONS.limits, lines: 2 } });
    expect(await lines('a.example\nb.example\nc.example\nd.example')).toMatchObject([
      { value: 'a.example' },
      { value: 'b.example' },
      { line: 3, problem: { status: 413, detail: 'the body has more than 2 lines' } },
    ]);
  });

  it('answers each line of a batch that the index fails for, and goes on', async () => {
    await start();
    index.fault = new Error('away');
    expect(await lines('a.example\nb.example')).toMatchObject([
      { line: 1, problem: { status: 503 } },
      { line: 2, problem: { status: 503 } },
    ]);
  });

  it('answers a line before the next one is sent', async () => {
    await start();
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const sent = fetch(`${service.url}/lookup`, {
      method: 'POST',
      body: readable,
      headers: { 'content-type': 'application/x-ndjson' },
      duplex: 'half',
    } as RequestInit);
    void writer.write(Buffer.from('evil.example\n'));
    const reader = (await sent).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toContain('"verdict":"live"');
    void writer.write(Buffer.from('b.example\n'));
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toContain('"verdict":"absent"');
    await writer.close();
    expect((await reader?.read())?.done).toBe(true);
    await vi.waitFor(() => expect(service.log.join('\n')).toContain('2 values'));
  });

  it('writes down what it answered to a client that went away', async () => {
    await start();
    const { request } = await import('node:http');
    const headers = { 'content-type': 'application/x-ndjson' };
    const asked = request(`${service.url}/lookup`, { method: 'POST', headers });
    asked.on('error', () => {});
    asked.write('evil.example\n');
    await new Promise((resolve) => asked.on('response', resolve));
    asked.destroy();
    await vi.waitFor(() => expect(service.log.join('\n')).toContain('POST /lookup 200, 1 values'));
    expect((await fetch(`${service.url}/livez`)).status).toBe(200);
  });
});

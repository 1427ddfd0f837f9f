import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReplayServer, startReplayServer } from './replay-server.ts';

const dir = mkdtempSync(join(tmpdir(), 'misp-pipeline-recordings-'));
let server: ReplayServer;

function record(
  name: string,
  request: { method: string; path: string; body: unknown },
  status: number,
  body = '',
): void {
  const headers = {
    'Content-Type': 'text/plain',
    'Content-Length': '999',
    'Transfer-Encoding': 'chunked',
    'X-Name': name,
  };
  writeFileSync(join(dir, `${name}.json`), JSON.stringify({ request, response: { status, headers, body } }));
}

const search = (body: unknown, type = 'application/json') =>
  fetch(`${server.url}/search`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

beforeEach(async () => {
  record('version-1', { method: 'GET', path: '/version', body: null }, 500, 'down');
  record('version-2', { method: 'GET', path: '/version', body: null }, 200, 'up');
  record('search-json', { method: 'POST', path: '/search', body: { limit: 1, type: ['a', 'b'] } }, 200, 'found');
  record('search-text', { method: 'POST', path: '/search', body: '{"limit":1}' }, 200, 'all');
  record('search-broken', { method: 'POST', path: '/search', body: '{"limit":' }, 405, 'broken');
  server = await startReplayServer(dir);
});
afterEach(() => server.close());
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('startReplayServer', () => {
  it('answers with status, headers and body as recorded, but for those of the connection', async () => {
    const response = await search({ limit: 1, type: ['a', 'b'] });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-name')).toBe('search-json');
    expect(response.headers.get('content-length')).not.toBe('999');
    expect(await response.text()).toBe('found');
  });

  it('matches what the body says, not how it is written', async () => {
    expect(await (await search('{ "type": ["a","b"], "limit": 1 }')).text()).toBe('found');
    expect((await search({ limit: 1, type: ['b', 'a'] })).status).toBe(501);
    expect((await search({ limit: '1', type: ['a', 'b'] })).status).toBe(501);
  });

  it('takes a body without the content type of JSON for text', async () => {
    expect(await (await search('{"limit":1}', 'text/plain')).text()).toBe('all');
    expect((await search('{"limit":')).status).toBe(405);
  });

  it('gives several recordings of one request in their order, the last one again and again', async () => {
    const texts = [];
    for (let i = 0; i < 3; i++) texts.push(await (await fetch(`${server.url}/version`)).text());
    expect(texts).toEqual(['down', 'up', 'up']);
  });

  it('lists what no recording answers', async () => {
    expect((await search({ limit: 2 })).status).toBe(501);
    await fetch(`${server.url}/version?x=1`);
    expect(server.unmatched).toEqual(['POST /search {"limit":2}', 'GET /version?x=1 null']);
  });

  it('takes only the recordings that are named', async () => {
    const named = await startReplayServer(dir, ['version-2', 'search-t*']);
    try {
      expect(await (await fetch(`${named.url}/version`)).text()).toBe('up');
      expect((await fetch(`${named.url}/search`, { method: 'POST', body: '{}' })).status).toBe(501);
    } finally {
      await named.close();
    }
  });
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret } from '@misp-pipeline/core';
import { candidatesOf, MispClient } from '@misp-pipeline/misp';
import { type Loopback, RecordingLogger, startLoopback, startReplayServer } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { searchFeedCache } from './feed-cache.ts';
import type { Query } from './known.ts';

const servers: Loopback[] = [];
const { signal } = new AbortController();

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function clientOf(server: Loopback): MispClient {
  servers.push(server);
  return new MispClient({
    ...{ url: server.url, key: new Secret('k'.repeat(40)), verifyTls: true, timeout: 5, retries: 0, retryDelay: 0.01 },
    ...{ maxBytes: 1_000_000, logger: new RecordingLogger().logger },
  });
}

const reading = (value: string, kind: Query['kind'] = 'domain'): Query[] => [{ kind, value }];

/** A feed as MISP shows it, with what must not be shown to anybody. */
const feed = (id: number, fields: object = {}) => ({
  Feed: { id, name: `feed ${id}`, url: 'https://bob:hunter2@f.example/', type: 'Feed', ...fields },
});

/** A server whose caches hold some texts, and what it was asked for. */
async function caching(held: Readonly<Record<string, readonly object[]>>) {
  const asked: (string | readonly string[])[] = [];
  const server = await startLoopback(({ body }, response) => {
    const { value }: { value: string | readonly string[] } = JSON.parse(body.toString());
    asked.push(value);
    const entries = [value].flat().flatMap((text): [string, unknown][] => [[text, held[text] ?? []]]);
    const answer = typeof value === 'string' ? held[value] : Object.fromEntries(entries);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer ?? []));
  });
  return { client: clientOf(server), asked };
}

describe('searchFeedCache', () => {
  it('asks for each text once, and tells the feeds without their addresses', async () => {
    const { client, asked } = await caching({ 'a.example': [feed(1, { uuid: ['u1'], type: 'MISP Feed' }), feed(2)] });
    const queries = [reading('a.example'), reading('b.example'), reading('a.example')];
    const hit = {
      hits: [
        { value: 'a.example', id: '1', name: 'feed 1', type: 'MISP Feed', events: ['u1'] },
        { value: 'a.example', id: '2', name: 'feed 2', type: 'Feed', events: [] },
      ],
      unasked: [],
    };
    expect(await searchFeedCache(client, queries, signal)).toEqual([hit, { hits: [], unasked: [] }, hit]);
    expect(asked).toEqual([['a.example', 'b.example']]);
  });

  it('asks in batches, a single value alone, and never for nothing', async () => {
    const { client, asked } = await caching({ 'v200.example': [feed(1)] });
    const queries = Array.from({ length: 201 }, (_, i) => reading(`v${i}.example`));
    const answers = await searchFeedCache(client, queries, signal);
    expect(asked.map((value) => (typeof value === 'string' ? value : value.length))).toEqual([200, 'v200.example']);
    expect(answers[200]?.hits).toHaveLength(1);
    await searchFeedCache(client, [[], reading(' ')], signal);
    expect(asked).toHaveLength(2);
  });

  it('asks for the parts of a composite, and for a host URL also without its slash', async () => {
    const { client, asked } = await caching({});
    await searchFeedCache(client, [reading('a.exe|00ff', 'filename'), reading('http://a.example/', 'url')], signal);
    expect(asked).toEqual([['a.exe|00ff', 'a.exe', '00ff', 'http://a.example/', 'http://a.example']]);
  });

  it('does not ask for what the server cannot find, and says so', async () => {
    const { client, asked } = await caching({ 'http://a.example/b': [feed(1)] });
    const answers = await searchFeedCache(client, [reading('http://a.example/B', 'url')], signal);
    expect(answers).toEqual([{ hits: [], unasked: ['http://a.example/B'] }]);
    expect(asked).toEqual([]);
  });

  it.each(['{"a.example":{"x":1}}', '"text"', '[["x"]]', '[{"Feed":[]}]'])('refuses the answer %s', async (body) => {
    const server = await startLoopback((_request, response) => response.end(body));
    await expect(searchFeedCache(clientOf(server), [reading('a.example')], signal)).rejects.toMatchObject({
      kind: 'unexpected',
    });
  });
});

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');

describe.skipIf(!existsSync(recordings))('the recorded caches of a server (needs the data folder)', () => {
  async function search(name: string, ...values: readonly string[]) {
    const server = await startReplayServer(recordings, [name]);
    const readings = values.map((value) =>
      candidatesOf(value)
        .filter((one) => one.value === value)
        .slice(0, 1),
    );
    const answers = await searchFeedCache(clientOf(server), readings, signal);
    expect(server.unmatched).toEqual([]);
    return answers.map(({ hits }) => hits.map(({ name: feedName, type, events }) => [feedName, type, events.length]));
  }

  const BOTH = [
    ['Local MISP feed', 'MISP Feed', 2],
    ['Local CSV', 'Feed', 0],
  ];

  it.each([
    ['feeds-search-caches-198.51.100.11', '198.51.100.11', BOTH],
    ['feeds-search-caches-sync-user', '198.51.100.11', BOTH],
    ['feeds-search-caches-evil.example', 'evil.example', BOTH],
    [
      'feeds-search-caches-http___freetext.example_path',
      'http://freetext.example/path',
      [['Local freetext', 'Feed', 0]],
    ],
    ['feeds-search-caches-nothing.example', 'nothing.example', []],
    ['feeds-search-caches-203.0.113.5', '203.0.113.5', []],
  ])('reads %s', async (name, value, feeds) => {
    expect(await search(name, value)).toEqual([feeds]);
  });

  it('reads the answer to a list', async () => {
    const answers = await search('feeds-search-caches-list', '198.51.100.11', 'freetext.example');
    expect(answers).toEqual([BOTH, []]);
  });

  it('fails when Redis is down', async () => {
    await expect(search('redis-down-search-caches', '8.8.8.8')).rejects.toMatchObject({ kind: 'failed' });
  });
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret } from '@misp-pipeline/core';
import {
  type FakeMispOptions,
  type Loopback,
  RecordingLogger,
  startFakeMisp,
  startLoopback,
  startReplayServer,
} from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { AttributeSearch, attributeId } from './attribute-search.ts';
import { MispClient } from './misp-client.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');
const signal = new AbortController().signal;
const servers: Loopback[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function searchAt(server: Loopback, pageSize: number, body: Record<string, unknown> = {}): AttributeSearch {
  servers.push(server);
  const { logger } = new RecordingLogger();
  const client = new MispClient({
    url: server.url,
    key: new Secret('key'),
    verifyTls: true,
    timeout: 5,
    retries: 1,
    retryDelay: 0.001,
    maxBytes: 10_000_000,
    logger,
  });
  return new AttributeSearch(client, body, { pageSize, logger });
}

async function idsOf(search: AttributeSearch): Promise<unknown[]> {
  const ids: unknown[] = [];
  for await (const { rows } of search.pages(signal)) ids.push(...rows.map(attributeId));
  return ids;
}

/** Ids with gaps, as a server's have. */
const attributes = (count: number) => Array.from({ length: count }, (_, i) => ({ id: String(i * 3 + 5) }));
const idsUpTo = (count: number) => attributes(count).map(({ id }) => Number(id));

describe('AttributeSearch', () => {
  for (const counts of ['page', 'start', 'none'] as const) {
    it.each([0, 1, 9, 10, 11, 20, 25, 100])(`reads %i rows in pages of 10 (counts: ${counts})`, async (count) => {
      const server = await startFakeMisp({ attributes: attributes(count), counts });
      const search = searchAt(server, 10, { to_ids: 1 });
      expect(await idsOf(search)).toEqual(idsUpTo(count));
      expect(search.changed).toBe(false);
      expect(server.requests[0]?.body).toEqual({ to_ids: 1, limit: 10, page: 1 });
    });
  }

  const cuts: [string, Partial<FakeMispOptions>][] = [];
  for (const counts of ['page', 'start'] as const) {
    cuts.push([`skipped and counted (counts: ${counts})`, { counts, skip: inMiddle }]);
    cuts.push([`removed and not counted (counts: ${counts})`, { counts, hide: inMiddle }]);
  }
  it.each(cuts)('reads on after short and empty pages whose rows were %s', async (_name, options) => {
    const server = await startFakeMisp({ attributes: attributes(75), ...options });
    const kept = attributes(75).filter((attribute) => !inMiddle(attribute));
    expect(await idsOf(searchAt(server, 10))).toEqual(kept.map(({ id }) => Number(id)));
  });

  it('asks for smaller pages from the same row on when the server cannot make large ones', async () => {
    const server = await startFakeMisp({
      attributes: attributes(95),
      misbehave: ({ body }) => (Number(body.limit) > 10 && Number(body.page) > 1 ? 'error' : undefined),
    });
    expect(await idsOf(searchAt(server, 40))).toEqual(idsUpTo(95));
    const asked = server.requests.map(({ body }) => `${body.limit}/${body.page}`);
    expect(asked.slice(0, 7)).toEqual(['40/1', '40/2', '40/2', '20/3', '20/3', '10/5', '10/6']);
  });

  it('asks for smaller pages when answers are cut short', async () => {
    const server = await startFakeMisp({
      attributes: attributes(30),
      misbehave: ({ body }) => (body.limit === 20 ? 'truncated' : undefined),
    });
    expect(await idsOf(searchAt(server, 20))).toEqual(idsUpTo(30));
  });

  it('gives up when small pages fail as well', async () => {
    const server = await startFakeMisp({ attributes: attributes(30), misbehave: () => 'error' });
    await expect(idsOf(searchAt(server, 64))).rejects.toMatchObject({ kind: 'failed' });
    expect(server.requests.map(({ body }) => body.limit)).toEqual([64, 64, 32, 32, 16, 16, 8, 8, 4, 4]);
  });

  it('does not ask for smaller pages when the key is refused', async () => {
    const server = await startFakeMisp({ attributes: attributes(30), misbehave: () => 'forbidden' });
    await expect(idsOf(searchAt(server, 10))).rejects.toMatchObject({ kind: 'refused' });
    expect(server.requests).toHaveLength(1);
  });

  it('survives a reset, a rate limit and an error in between', async () => {
    const server = await startFakeMisp({
      attributes: attributes(55),
      misbehave: (_request, number) => (['reset', 'rate-limit', 'error'] as const)[number / 2 - 1],
    });
    expect(await idsOf(searchAt(server, 10))).toEqual(idsUpTo(55));
  });

  it('tells when rows moved to an earlier page while it read', async () => {
    const server = await startFakeMisp({ attributes: attributes(35) });
    const search = searchAt(server, 10);
    const ids: unknown[] = [];
    for await (const { rows } of search.pages(signal)) {
      ids.push(...rows.map(attributeId));
      if (ids.length === 20) server.attributes = server.attributes.slice(1);
    }
    expect(ids).toHaveLength(34);
    expect(search.changed).toBe(true);
  });

  it('is not disturbed by rows that are added while it reads', async () => {
    const server = await startFakeMisp({ attributes: attributes(35) });
    const search = searchAt(server, 10);
    const ids: unknown[] = [];
    for await (const { rows } of search.pages(signal)) {
      ids.push(...rows.map(attributeId));
      if (ids.length === 10) server.attributes = attributes(43);
    }
    expect(ids).toEqual(idsUpTo(43));
    expect(search.changed).toBe(false);
  });

  it('refuses more rows than it asked for, since then the whole search was ignored', async () => {
    const all = JSON.stringify({ response: { Attribute: attributes(30) } });
    const server = await startLoopback((_request, response) => response.end(all));
    await expect(idsOf(searchAt(server, 10))).rejects.toMatchObject({
      kind: 'unexpected',
      message: expect.stringContaining('30 attributes came where 10 were asked for'),
    });
  });

  it('refuses a page that comes again and again', async () => {
    const page = JSON.stringify({ response: { Attribute: attributes(10) } });
    const server = await startLoopback((_request, response) => response.end(page));
    await expect(idsOf(searchAt(server, 10))).rejects.toMatchObject({
      kind: 'unexpected',
      message: expect.stringContaining('page 2 begins as the page before it'),
    });
  });

  it('does not read empty pages for ever', async () => {
    const page = JSON.stringify({ response: { Attribute: [] } });
    const server = await startLoopback((_request, response) => {
      response.writeHead(200, { 'x-result-count': '11' }).end(page);
    });
    await expect(idsOf(searchAt(server, 10))).rejects.toMatchObject({ kind: 'unexpected' });
  });

  it.each(['{}', '[]', '{"response":[]}', '{"response":{"Attribute":null}}', '"x"'])(
    'refuses the document %s',
    async (document) => {
      const server = await startLoopback((_request, response) => response.end(document));
      await expect(idsOf(searchAt(server, 10))).rejects.toMatchObject({ kind: 'unexpected' });
    },
  );
});

describe.skipIf(!existsSync(recordings))('AttributeSearch with recorded pages (needs the data folder)', () => {
  const full = {
    to_ids: true,
    published: true,
    includeEventTags: true,
    includeContext: true,
    includeEventUuid: true,
    includeWarninglistHits: true,
    includeDecayScore: true,
    includeSightings: true,
    returnFormat: 'json',
  };
  const warninglist = {
    to_ids: 1,
    published: 1,
    enforceWarninglist: 1,
    eventid: [1, 3, 9, 13],
    returnFormat: 'json',
  };

  it.each([
    ['page40-p*', 40, { to_ids: 1, published: 1, returnFormat: 'json' }, 175],
    ['page50-full-p*', 50, full, 175],
    ['page40-warninglist-p*', 20, warninglist, 90],
  ])('reads all of `%s`', async (name, pageSize, body, rows) => {
    const server = await startReplayServer(recordings, [name]);
    const ids = await idsOf(searchAt(server, pageSize, body));
    expect(server.unmatched).toEqual([]);
    expect(ids).toHaveLength(rows);
    expect(new Set(ids).size).toBe(rows);
  });
});

/** Cuts rows 5 to 47, so that pages of 10 become short, then empty, then short again. */
function inMiddle(attribute: object): boolean {
  const row = (Number(attributeId(attribute)) - 5) / 3;
  return row >= 5 && row < 48;
}

import { Secret } from '@misp-pipeline/core';
import {
  type FakeMisp,
  type FakeMispOptions,
  type Loopback,
  RecordingLogger,
  startFakeMisp,
  startLoopback,
} from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { AttributeSearch } from './attribute-search.ts';
import { MispClient } from './misp-client.ts';

const signal = new AbortController().signal;
const servers: Loopback[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

interface Reading {
  readonly ids: readonly number[];
  /** `limit/page` of each request. */
  readonly asked: readonly string[];
}

async function read(
  options: FakeMispOptions,
  pageSize: number,
  afterPage: (server: FakeMisp, pages: number) => void = () => {},
): Promise<Reading> {
  const server = await startFakeMisp(options);
  const ids: number[] = [];
  let pages = 0;
  for await (const { attributes } of searchAt(server, pageSize).pages(signal)) {
    ids.push(...attributes.map(idOf));
    afterPage(server, ++pages);
  }
  return { ids, asked: server.requests.map(({ body }) => `${body.limit}/${body.page}`) };
}

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

async function failureOf(answer: string, headers: Record<string, string> = {}): Promise<unknown> {
  const server = await startLoopback((_request, response) => response.writeHead(200, headers).end(answer));
  try {
    for await (const _page of searchAt(server, 25).pages(signal));
  } catch (error) {
    return error;
  }
  return undefined;
}

const idOf = (attribute: unknown) => Number((attribute as { id: string }).id);
/** Attributes with gaps between their ids, as a server's have. */
const attributes = (count: number) => Array.from({ length: count }, (_, i) => ({ id: String(i * 3 + 5) }));
const idsUpTo = (count: number) => attributes(count).map(idOf);

/** Cuts rows 10 to 119, so that pages of 25 become short, then empty, then short again. */
function isInMiddle(attribute: object): boolean {
  const row = (idOf(attribute) - 5) / 3;
  return row >= 10 && row < 120;
}

describe('AttributeSearch', () => {
  for (const counts of ['page', 'start', 'none'] as const) {
    it.each([0, 1, 24, 25, 26, 49, 50, 60, 250])(`reads %i rows in pages of 25 (counts: ${counts})`, async (count) => {
      const { ids } = await read({ attributes: attributes(count), counts }, 25);
      expect(ids).toEqual(idsUpTo(count));
    });
  }

  it('adds limit and page to the search, and asks for pages that overlap by one row', async () => {
    const server = await startFakeMisp({ attributes: attributes(60) });
    for await (const _page of searchAt(server, 25, { to_ids: 1 }).pages(signal));
    expect(server.requests[0]?.body).toEqual({ to_ids: 1, limit: 25, page: 1 });
    expect(server.requests[1]?.body).toEqual({ to_ids: 1, limit: 24, page: 2 });
  });

  const cuts: [string, Partial<FakeMispOptions>][] = [];
  for (const counts of ['page', 'start'] as const) {
    cuts.push([`skipped and counted (counts: ${counts})`, { counts, skip: isInMiddle }]);
    cuts.push([`removed and not counted (counts: ${counts})`, { counts, hide: isInMiddle }]);
  }
  it.each(cuts)('reads on after short and empty pages whose rows were %s', async (_name, options) => {
    const { ids } = await read({ attributes: attributes(200), ...options }, 25);
    const kept = attributes(200).filter((attribute) => !isInMiddle(attribute));
    expect(ids).toEqual(kept.map(idOf));
  });

  it('asks for smaller pages from the same row on when the server cannot make large ones', async () => {
    const { ids, asked } = await read(
      {
        attributes: attributes(250),
        misbehave: ({ body }) => (Number(body.limit) > 50 && Number(body.page) > 1 ? 'error' : undefined),
      },
      100,
    );
    expect(ids).toEqual(idsUpTo(250));
    expect(asked.slice(0, 4)).toEqual(['100/1', '99/2', '99/2', '33/4']);
  });

  it('asks for smaller pages when answers are cut short', async () => {
    const { ids } = await read(
      { attributes: attributes(90), misbehave: ({ body }) => (Number(body.limit) > 30 ? 'truncated' : undefined) },
      60,
    );
    expect(ids).toEqual(idsUpTo(90));
  });

  it('gives up when small pages fail as well', async () => {
    const asked: unknown[] = [];
    const reading = read(
      {
        attributes: attributes(30),
        misbehave: ({ body }) => {
          asked.push(body.limit);
          return 'error';
        },
      },
      110,
    );
    await expect(reading).rejects.toMatchObject({ kind: 'failed' });
    expect(asked).toEqual([110, 110, 55, 55, 27, 27]);
  });

  it('does not ask for smaller pages when the key is refused', async () => {
    let requests = 0;
    const reading = read(
      {
        attributes: attributes(30),
        misbehave: () => {
          requests++;
          return 'forbidden';
        },
      },
      100,
    );
    await expect(reading).rejects.toMatchObject({ kind: 'refused' });
    expect(requests).toBe(1);
  });

  it('survives a reset, a rate limit and an error in between', async () => {
    const { ids } = await read(
      {
        attributes: attributes(130),
        misbehave: (_request, number) => (['reset', 'rate-limit', 'error'] as const)[number / 2 - 1],
      },
      25,
    );
    expect(ids).toEqual(idsUpTo(130));
  });

  it.each([1, 2, 7, 24, 60, 80])('misses nothing when %i rows before it leave the list meanwhile', async (removed) => {
    const { ids } = await read({ attributes: attributes(200) }, 25, (server, pages) => {
      if (pages === 4) server.attributes = server.attributes.slice(removed);
    });
    expect(ids).toEqual(idsUpTo(200));
  });

  it('ends, and misses nothing, when the list becomes shorter than what was read of it', async () => {
    const { ids } = await read({ attributes: attributes(200) }, 25, (server, pages) => {
      if (pages === 4) server.attributes = server.attributes.slice(190);
    });
    expect(ids).toEqual([...ids.slice(0, -10), ...idsUpTo(200).slice(190)]);
  });

  it('takes no row twice when others join the list before it meanwhile', async () => {
    const { ids } = await read({ attributes: attributes(100) }, 25, (server, pages) => {
      if (pages === 2) server.attributes = [{ id: '1' }, { id: '2' }, ...server.attributes];
    });
    expect(ids).toEqual(idsUpTo(100));
  });

  it('reads rows that are added at the end meanwhile', async () => {
    const { ids } = await read({ attributes: attributes(100) }, 25, (server, pages) => {
      if (pages === 1) server.attributes = attributes(143);
    });
    expect(ids).toEqual(idsUpTo(143));
  });

  it('refuses more rows than it asked for, since then the whole search was ignored', async () => {
    const error = await failureOf(JSON.stringify({ response: { Attribute: attributes(30) } }));
    expect(error).toMatchObject({
      kind: 'unexpected',
      message: expect.stringContaining('30 attributes came where 25 were asked for'),
    });
  });

  it('does not read for ever when the list changes with each request', async () => {
    let id = 0;
    const server = await startLoopback(({ body }, response) => {
      const { limit } = JSON.parse(body.toString());
      const Attribute = Array.from({ length: limit }, () => ({ id: String(++id) }));
      response.end(JSON.stringify({ response: { Attribute } }));
    });
    const reading = async () => {
      for await (const _page of searchAt(server, 25).pages(signal));
    };
    await expect(reading()).rejects.toMatchObject({
      kind: 'unexpected',
      message: expect.stringContaining('the list changes faster than it can be read'),
    });
  });

  it('does not read for ever from a server that ignores the page', async () => {
    const error = await failureOf(JSON.stringify({ response: { Attribute: attributes(10) } }));
    expect(error).toMatchObject({ kind: 'unexpected', message: expect.stringContaining('20 pages in a row') });
  });

  it('does not read for ever when all pages are empty and yet called full', async () => {
    const reading = read({ attributes: attributes(1000), hide: () => true }, 25);
    await expect(reading).rejects.toMatchObject({ kind: 'unexpected' });
  });

  it.each(['{}', '[]', '{"response":[]}', '{"response":{"Attribute":null}}', '"x"'])(
    'refuses the document %s',
    async (document) => expect(await failureOf(document)).toMatchObject({ kind: 'unexpected' }),
  );
});

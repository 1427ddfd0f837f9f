import { Secret } from '@misp-pipeline/core';
import { type Loopback, RecordingLogger, startLoopback } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { MispClient } from '../rest/misp-client.ts';
import { fetchWarninglistIndex } from './warninglist-index.ts';

let server: Loopback;
let paths: string[];

afterEach(() => server.close());

/** The index that a server gives which answers a path with lists, or with 404. */
async function indexOf(answers: Readonly<Record<string, unknown>>) {
  paths = [];
  server = await startLoopback(({ path }, response) => {
    paths.push(path);
    const body = answers[path];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { message: 'Not Found' }));
  });
  const { logger } = new RecordingLogger();
  const key = new Secret('x');
  const patience = { timeout: 10, retries: 0, retryDelay: 0.001, maxBytes: 1_000_000 };
  const client = new MispClient({ url: server.url, key, verifyTls: true, logger, ...patience });
  return fetchWarninglistIndex(client, new AbortController().signal);
}

const FIELDS = { id: '1', name: 'Own', version: '7', enabled: true, warninglist_entry_count: '3' };

const answer = (...lists: object[]) => ({ Warninglists: lists.map((list) => ({ Warninglist: list })) });
const sixty = (first: number) => answer(...Array.from({ length: 60 }, (_, i) => ({ ...FIELDS, id: first + i })));

describe('the index of warninglists', () => {
  it('names each list, in the order of ids, whatever the form of flags and numbers', async () => {
    const other = { ...FIELDS, id: 2, version: 20261124, enabled: '0', warninglist_entry_count: 0 };
    expect(await indexOf({ '/warninglists/index': answer(other, FIELDS) })).toEqual([
      { id: '1', name: 'Own', version: '7', entries: 3, enabled: true },
      { id: '2', name: 'Own', version: '20261124', entries: 0, enabled: false },
    ]);
  });

  it('may be empty', async () => {
    expect(await indexOf({ '/warninglists/index': answer() })).toEqual([]);
  });

  it('is read to its end from an older server, which cuts it into pages', async () => {
    const lists = await indexOf({
      '/warninglists/index': sixty(1),
      '/warninglists/index/page:2': answer({ ...FIELDS, id: 61 }),
    });
    expect([lists.length, paths.length]).toEqual([61, 2]);
  });

  it('ends where an older server has no further page', async () => {
    expect(await indexOf({ '/warninglists/index': sixty(1) })).toHaveLength(60);
  });

  it('ends where a newer server sends the same again', async () => {
    const answers = { '/warninglists/index': sixty(1), '/warninglists/index/page:2': sixty(1) };
    expect(await indexOf(answers)).toHaveLength(60);
  });

  it('is refused when it has no end', async () => {
    const pages = Array.from({ length: 99 }, (_, i) => [`/warninglists/index/page:${i + 2}`, sixty(60 * (i + 1) + 1)]);
    const answers = { '/warninglists/index': sixty(1), ...Object.fromEntries(pages) };
    await expect(indexOf(answers)).rejects.toThrow('does not end after 100 pages');
  });

  it.each([
    [[], 'is no list of warninglists'],
    [{ Warninglists: 'none' }, 'is no list of warninglists'],
    [answer({ ...FIELDS, id: '../1' }), 'has a list without id'],
    [answer({ ...FIELDS, name: undefined }), 'has a list without id'],
    [answer({ ...FIELDS, warninglist_entry_count: undefined }), 'has a list without id'],
    [answer({ ...FIELDS, enabled: 'perhaps' }), 'has a list without id'],
  ])('is refused as %j', async (body, why) => {
    await expect(indexOf({ '/warninglists/index': body })).rejects.toMatchObject({
      kind: 'unexpected',
      message: expect.stringContaining(why),
    });
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret } from '@misp-pipeline/core';
import { RecordingLogger, type ReplayServer, startReplayServer } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { MispClient } from '../rest/misp-client.ts';
import { addFeed } from './feeds/add-feed.ts';
import { cacheFeeds } from './feeds/cache-feeds.ts';
import type { Feed } from './feeds/feed.ts';
import { FeedApi } from './feeds/feed-api.ts';
import { previewFeed } from './feeds/feed-preview.ts';
import { fetchFeeds } from './feeds/fetch-feeds.ts';
import { switchFeeds } from './feeds/switch-feeds.ts';
import { readServerFacts } from './server/server-facts.ts';
import { readUser } from './server/user.ts';
import { switchWarninglists } from './warninglists/switch-warninglists.ts';
import { WarninglistApi } from './warninglists/warninglist-api.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');
const signal = new AbortController().signal;
const servers: ReplayServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    expect(server.unmatched).toEqual([]);
    await server.close();
  }
});

async function replay(...names: string[]): Promise<MispClient> {
  const server = await startReplayServer(recordings, names);
  servers.push(server);
  const request = { verifyTls: true, timeout: 5, retries: 0, retryDelay: 0.01, maxBytes: 1_000_000 };
  return new MispClient({
    ...{ url: server.url, key: new Secret('key'), ...request },
    logger: new RecordingLogger().logger,
  });
}

const feedApi = async (...names: string[]) => new FeedApi(await replay(...names), signal);
const REAL = { dryRun: false };

async function feedOf(api: FeedApi, id: string, fields: Partial<Feed> = {}): Promise<Feed> {
  const feed = (await api.list()).find((one) => one.id === id);
  if (feed === undefined) throw new Error(`no feed ${id} was recorded`);
  return { ...feed, ...fields };
}

describe.skipIf(!existsSync(recordings))('feeds of a recorded server (needs the data folder)', () => {
  const INDEX = 'feeds-index-after-cache';

  it('are read without a credential', async () => {
    const feeds = await (await feedApi(INDEX)).list();
    expect(feeds).toHaveLength(12);
    expect(feeds[8]).toMatchObject({
      url: 'http://127.0.0.1:18090/text/list.txt?token=***',
      headerNames: ['Authorization', 'X-Other'],
      tag: 'estimative-language:likelihood-probability="unlikely"',
    });
    expect(JSON.stringify(feeds)).not.toMatch(/token=secret|secret-token/);
    expect(feeds.map(({ cachedAt }) => typeof cachedAt)).toContain('number');
  });

  it('have no cache time when Redis is down, and are none for another organisation', async () => {
    expect((await (await feedApi('redis-down-feeds-index')).list())[0]?.cachedAt).toBe('unknown');
    expect(await (await feedApi('feeds-index-user')).list()).toEqual([]);
  });

  it('are added in the form that the server took', async () => {
    const api = await feedApi(
      'feeds-add-headers-tag',
      'feeds-add-invalid-url',
      'feeds-edit-post-partial',
      'tags-index',
    );
    expect(await api.tagId('PAP:amber')).toBe('7');
    await api.edit('6', { caching_enabled: true });
    const url = 'notaurl';
    await expect(api.add({ name: 'bad', provider: 'lab', url, source_format: 'csv' })).rejects.toMatchObject({
      message: expect.stringContaining('Could not add feed'),
    });
  });

  it('are left alone when they are there already', async () => {
    const api = await feedApi(INDEX);
    const url = 'http://127.0.0.1:18090/csv/iocs.csv';
    const csv = { format: 'csv', enabled: true, caching: true, columns: '2', delimiter: ',' } as const;
    const outcome = await addFeed(api, { name: 'Local CSV', provider: 'lab', url, ...csv }, REAL);
    expect(outcome).toMatchObject({ id: '4', status: 'unchanged', note: expect.stringContaining('feed 11') });
  });

  it('are switched', async () => {
    const api = await feedApi(INDEX, 'feeds-enable', 'feeds-enable-404', 'feeds-disable');
    const six = await feedOf(api, '6', { enabled: false });
    const outcomes = await switchFeeds(api, [six, { ...six, id: '9999' }], { enabled: true }, REAL);
    expect(outcomes.map(({ status }) => status)).toEqual(['changed', 'failed']);
    expect(outcomes[1]?.note).toContain('answered 405: Invalid Feed.');
    const nine = await feedOf(api, '9', { enabled: true });
    expect(await switchFeeds(api, [nine], { enabled: false }, REAL)).toMatchObject([{ status: 'changed' }]);
  });

  it('are cached at once, or by workers that fail silently', async () => {
    const patience = { dryRun: false, wait: 0.05, interval: 0.01, signal };
    const api = await feedApi(INDEX, 'feeds-cache-post', 'bg-feeds-cache-bad-queued');
    const five = await feedOf(api, '5', { cachedAt: 'never' });
    const outcomes = await cacheFeeds(api, [five, await feedOf(api, '8')], patience);
    expect(outcomes.map(({ status }) => status)).toEqual(['changed', 'failed']);
    expect(outcomes[1]?.note).toContain('cached never');
    const all = await feedApi('feeds-cache-all');
    await expect(all.cache('all')).rejects.toMatchObject({
      message: expect.stringContaining('could not read the feed'),
    });
  });

  it('are fetched, with failures in the words of an answer of status 200', async () => {
    const api = await feedApi(
      INDEX,
      'feeds-fetch-misp',
      'feeds-fetch-missing',
      'bg-feeds-fetch-queued',
      'feeds-fetch-404',
    );
    const three = await feedOf(api, '3');
    const feeds = [three, await feedOf(api, '8'), { ...three, id: '13' }, { ...three, id: '9999' }];
    const outcomes = await fetchFeeds(api, feeds, REAL);
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'failed', 'queued', 'failed']);
    expect(outcomes[1]?.note).toBe('Fetching the feed has failed.');
  });

  it('are previewed', async () => {
    const api = await feedApi(INDEX, 'feeds-preview-index', 'feeds-preview-index-csv', 'feeds-preview-index-broken');
    const manifest = await previewFeed(api, await feedOf(api, '3'));
    expect('events' in manifest && manifest.events[0]).toMatchObject({ org: 'CERT Alpha', date: '2026-11-20' });
    const list = await previewFeed(api, await feedOf(api, '4'));
    expect('values' in list && list.values.map(({ type }) => type).slice(0, 3)).toEqual([
      'ip-dst',
      'ip-dst',
      'filename',
    ]);
    await expect(previewFeed(api, await feedOf(api, '8'))).rejects.toMatchObject({ kind: 'failed' });
  });
});

describe.skipIf(!existsSync(recordings))('warninglists of a recorded server (needs the data folder)', () => {
  it('are read and switched', async () => {
    const api = new WarninglistApi(await replay('warninglists-index', 'warninglists-toggle-by-id-on'), signal);
    const lists = await api.list();
    expect(lists).toHaveLength(86);
    expect(lists[57]).toMatchObject({ name: 'List of known IPv4 public DNS resolvers', type: 'cidr', entries: 62_745 });
    const off = lists.filter(({ id }) => id === '61').map((list) => ({ ...list, enabled: false }));
    expect(await switchWarninglists(api, off, true, REAL)).toMatchObject([{ id: '61', status: 'changed' }]);
  });

  it('are asked about values', async () => {
    const api = new WarninglistApi(await replay('warninglists-check-value-list'), signal);
    const { request } = JSON.parse(readFileSync(join(recordings, 'warninglists-check-value-list.json'), 'utf8'));
    const found = await api.check(request.body);
    expect(found.get('192.168.1.1')).toEqual([
      { id: '61', name: 'List of RFC 1918 CIDR blocks', entry: '192.168.0.0/16' },
    ]);
    expect(found.has('8.8.8.8|53')).toBe(false);
    expect(found.size).toBe(9);
  });
});

describe.skipIf(!existsSync(recordings))('health of a recorded server (needs the data folder)', () => {
  it('is read from version and user', async () => {
    const client = await replay('version-admin', 'users-view-me');
    expect(await readServerFacts(client, signal)).toMatchObject({ version: '2.5.1', keyExpires: undefined });
    expect(await readUser(client, signal)).toMatchObject({ role: 'Sync user', siteAdmin: false, warninglists: false });
  });

  it.each([
    ['live-off-user', 'redirected', '/users/login'],
    ['db-down-version', 'failed', 'An Internal Error'],
    ['err-bad-key-get-version', 'refused', 'Authentication failed'],
  ])('is bad in %s', async (name, kind, says) => {
    const failure = readServerFacts(await replay(name), signal);
    await expect(failure).rejects.toMatchObject({ kind, message: expect.stringContaining(says) });
  });
});

import { Secret } from '@misp-pipeline/core';
import {
  type FakeAdministration,
  type FakeAdministrationOptions,
  RecordingLogger,
  startFakeAdministration,
} from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { MispClient } from '../rest/misp-client.ts';
import { addFeed } from './add-feed.ts';
import { cacheFeeds } from './cache-feeds.ts';
import { FeedApi } from './feed-api.ts';
import type { FeedDraft } from './feed-draft.ts';
import { fetchFeeds } from './fetch-feeds.ts';
import { loadDefaultFeeds } from './load-default-feeds.ts';
import { switchFeeds } from './switch-feeds.ts';

const signal = new AbortController().signal;
const servers: FakeAdministration[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(options: FakeAdministrationOptions = {}) {
  const server = await startFakeAdministration(options);
  servers.push(server);
  const request = { verifyTls: true, timeout: 5, retries: 2, retryDelay: 0.01, maxBytes: 1_000_000 };
  const client = new MispClient({
    ...{ url: server.url, key: new Secret('key'), ...request },
    logger: new RecordingLogger().logger,
  });
  return { server, api: new FeedApi(client, signal) };
}

const C2: FeedDraft = { name: 'C2', provider: 'CERT', url: 'https://feeds.example.org/c2.csv?key=abc', format: 'csv' };
const REAL = { dryRun: false };
const DRY = { dryRun: true };

const feed = (name: string, fields: object = {}) => ({
  name,
  provider: 'p',
  url: `https://f.example/${name}`,
  ...fields,
});
const on = { enabled: true, caching_enabled: true };

describe('addFeed', () => {
  it('adds a feed that is not there, and nothing the second time', async () => {
    const { server, api } = await serve({ tags: ['tlp:green'] });
    const draft: FeedDraft = {
      ...{ ...C2, enabled: true, caching: true, distribution: 'community', columns: '1,2' },
      ...{ headers: 'X-Key: abc', tag: { id: '1', name: 'tlp:green' } },
    };
    expect(await addFeed(api, draft, REAL)).toMatchObject({ id: '1', status: 'changed' });
    expect(server.feeds).toMatchObject([
      { name: 'C2', source_format: 'csv', enabled: true, caching_enabled: true, distribution: '1', tag_id: '1' },
    ]);
    const sent = server.changing.length;
    expect(await addFeed(api, draft, REAL)).toMatchObject({ id: '1', status: 'unchanged', changes: [] });
    expect(server.changing).toHaveLength(sent);
  });

  it('changes only what differs in the feed of the same address and format', async () => {
    const old = feed('old', {
      url: C2.url,
      source_format: 'csv',
      settings: { csv: { value: '2' }, common: { excluderegex: 'x' } },
    });
    const { server, api } = await serve({ feeds: [old, { ...old, source_format: 'freetext' }] });
    const outcome = await addFeed(api, { ...C2, provider: 'p', columns: '3', headers: 'X-Key: s3cret' }, REAL);
    expect(outcome.changes).toEqual([
      { field: 'name', before: 'old', after: 'C2' },
      { field: 'headers', before: '-', after: 'X-Key (new)' },
      { field: 'columns', before: '2', after: '3' },
    ]);
    expect(server.changing).toEqual(['POST feeds/edit/1']);
    expect(JSON.parse(String(server.feeds[0]?.settings))).toEqual({
      csv: { value: '3' },
      common: { excluderegex: 'x' },
    });
    expect(JSON.stringify(outcome)).not.toMatch(/s3cret|abc/);
  });

  it('sends nothing in a dry run, and says what it would change', async () => {
    const { server, api } = await serve();
    const { status, changes } = await addFeed(api, C2, DRY);
    expect(status).toBe('planned');
    expect(changes.map(({ field, after }) => `${field} ${after}`)).toEqual([
      'name C2',
      'provider CERT',
      'url https://feeds.example.org/c2.csv?key=***',
      'format csv',
    ]);
    expect(server.changing).toEqual([]);
  });

  it('says so when other feeds have the same address, and leaves them', async () => {
    const same = feed('C2', { url: C2.url, source_format: 'csv', provider: 'CERT' });
    const { api } = await serve({ feeds: [{ ...same, name: 'twin' }, same] });
    expect(await addFeed(api, C2, REAL)).toMatchObject({
      id: '2',
      status: 'unchanged',
      note: expect.stringContaining('feed 1'),
    });
  });

  it('fails when the server accepts it and does not do it', async () => {
    const instead = ({ path }: { path: string }) =>
      path === 'feeds/add' ? { status: 200, body: { Feed: { ...C2, id: '7' } } } : undefined;
    const { api } = await serve({ instead });
    expect(await addFeed(api, C2, REAL)).toMatchObject({ status: 'failed', failure: 'not-taken' });
  });

  it('sends an addition only once, since a repeated one would add a second feed', async () => {
    const instead = ({ path }: { path: string }) => (path === 'feeds/add' ? { status: 500, body: {} } : undefined);
    const { server, api } = await serve({ instead });
    expect(await addFeed(api, C2, REAL)).toMatchObject({ status: 'failed', failure: 'failed' });
    expect(server.changing).toEqual(['POST feeds/add']);
  });
});

describe('switchFeeds', () => {
  it('switches what is not yet so, and never back', async () => {
    const { server, api } = await serve({ feeds: [feed('a'), feed('b', on)] });
    const wanted = { enabled: true, caching: true };
    const first = await switchFeeds(api, await api.list(), wanted, REAL);
    expect(first.map(({ status }) => status)).toEqual(['changed', 'unchanged']);
    expect(server.changing).toEqual(['POST feeds/enable/1', 'POST feeds/edit/1']);
    const second = await switchFeeds(api, await api.list(), wanted, REAL);
    expect(second.map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
    expect(server.changing).toHaveLength(2);
  });

  it('sends nothing in a dry run', async () => {
    const { server, api } = await serve({ feeds: [feed('a')] });
    const [outcome] = await switchFeeds(api, await api.list(), { enabled: true }, DRY);
    expect(outcome).toMatchObject({ status: 'planned', changes: [{ field: 'enabled', before: 'off', after: 'on' }] });
    expect(server.changing).toEqual([]);
  });

  it('goes on after a failure, and tells each', async () => {
    const { server, api } = await serve({ feeds: [feed('a'), feed('b'), feed('c')] });
    const feeds = (await api.list()).map((one) => (one.id === '2' ? { ...one, id: '9999' } : one));
    const outcomes = await switchFeeds(api, feeds, { enabled: true }, REAL);
    expect(outcomes.map(({ status, failure }) => failure ?? status)).toEqual(['changed', 'rejected', 'changed']);
    expect(outcomes[1]?.note).toContain('Invalid Feed.');
    expect(server.feeds.map(({ enabled }) => enabled)).toEqual([true, false, true]);
  });

  it('reads the server again, and fails when nothing happened', async () => {
    const instead = ({ path }: { path: string }) => (path === 'feeds/enable/1' ? { status: 200, body: {} } : undefined);
    const { api } = await serve({ feeds: [feed('a')], instead });
    const outcomes = await switchFeeds(api, await api.list(), { enabled: true }, REAL);
    expect(outcomes).toMatchObject([{ status: 'failed', failure: 'not-taken' }]);
  });

  it('tells that the key may not', async () => {
    const instead = ({ path }: { path: string }) =>
      path === 'feeds/enable/1' ? { status: 403, body: { message: 'You do not have permission.' } } : undefined;
    const { api } = await serve({ feeds: [feed('a')], instead });
    expect(await switchFeeds(api, await api.list(), { enabled: true }, REAL)).toMatchObject([{ failure: 'refused' }]);
  });
});

describe('cacheFeeds', () => {
  const patience = { dryRun: false, wait: 0, interval: 0.01, signal };
  const broken = ({ name }: Record<string, unknown>) => name === 'broken';

  it('caches one by one, so that a feed that fails does not stop the others', async () => {
    const { server, api } = await serve({ feeds: [feed('broken', on), feed('b', on), feed('off')], broken });
    const outcomes = await cacheFeeds(api, await api.list(), patience);
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'changed', 'failed']);
    expect(outcomes[0]?.note).toContain('could not read the feed');
    expect(outcomes[1]?.changes).toMatchObject([{ field: 'cached', before: 'never' }]);
    expect(outcomes[2]?.note).toContain('caching is off');
    expect(server.changing).toEqual(['POST feeds/cacheFeeds/1', 'POST feeds/cacheFeeds/2']);
  });

  it('only queues where the server has workers and nobody waits', async () => {
    const { api } = await serve({ feeds: [feed('a', on)], workers: true });
    expect(await cacheFeeds(api, await api.list(), patience)).toMatchObject([{ status: 'queued' }]);
  });

  it('waits for the workers, and sees what they could not do', async () => {
    const instead = ({ path }: { path: string }) => {
      if (path === 'feeds/index') server.work();
      return undefined;
    };
    const feeds = [feed('a', on), feed('broken', on)];
    const { server, api } = await serve({ feeds, workers: true, broken, instead });
    const outcomes = await cacheFeeds(api, await api.list(), { ...patience, wait: 0.1 });
    expect(outcomes.map(({ status }) => status)).toEqual(['changed', 'failed']);
    expect(outcomes[1]?.note).toContain('did not cache it in time');
  });

  it('sends nothing in a dry run', async () => {
    const { server, api } = await serve({ feeds: [feed('a', on)] });
    expect(await cacheFeeds(api, await api.list(), { ...patience, dryRun: true })).toMatchObject([
      { status: 'planned' },
    ]);
    expect(server.changing).toEqual([]);
  });

  it('stops waiting when it is interrupted', async () => {
    const controller = new AbortController();
    const { api } = await serve({ feeds: [feed('a', on)], workers: true });
    const caching = cacheFeeds(api, await api.list(), { ...patience, wait: 60, signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(caching).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('fetchFeeds', () => {
  it('reads the words of the server, since its status is 200 whatever happens', async () => {
    const broken = ({ name }: Record<string, unknown>) => name === 'broken';
    const { server, api } = await serve({ feeds: [feed('a', on), feed('broken', on), feed('off')], broken });
    const outcomes = await fetchFeeds(api, await api.list(), REAL);
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'failed', 'failed']);
    expect(outcomes[1]?.note).toBe('Fetching the feed has failed.');
    expect(server.changing).toEqual(['POST feeds/fetchFromFeed/1', 'POST feeds/fetchFromFeed/2']);
  });

  it('tells what is only queued', async () => {
    const { api } = await serve({ feeds: [feed('a', on)], workers: true });
    expect(await fetchFeeds(api, await api.list(), REAL)).toMatchObject([{ status: 'queued' }]);
  });
});

describe('loadDefaultFeeds', () => {
  it('tells which feeds are new, and none the second time', async () => {
    const { api } = await serve({ feeds: [feed('a')], defaults: [feed('a'), feed('b')] });
    const first = await loadDefaultFeeds(api, REAL);
    expect(first.added.map(({ name }) => name)).toEqual(['b']);
    expect((await loadDefaultFeeds(api, REAL)).added).toEqual([]);
  });

  it('sends nothing in a dry run', async () => {
    const { server, api } = await serve({ defaults: [feed('b')] });
    expect(await loadDefaultFeeds(api, DRY)).toEqual({ before: 0, added: [], note: undefined });
    expect(server.changing).toEqual([]);
  });
});

describe('FeedApi in front of a hostile server', () => {
  it.each([
    ['HTML', '<html>Sign in</html>', 'invalid'],
    ['an object', {}, 'unexpected'],
    ['a list of something else', [{ Event: {} }], 'unexpected'],
    ['an id that is a path', [{ Feed: { id: '1/../../users' } }], 'unexpected'],
    ['a huge answer', JSON.stringify('x'.repeat(2_000_000)), 'too-large'],
  ])('refuses %s instead of the list', async (_, body, kind) => {
    const { api } = await serve({ instead: () => ({ status: 200, body }) });
    await expect(api.list()).rejects.toMatchObject({ name: 'HttpError', kind });
  });

  it('reads every spelling of flags and numbers', async () => {
    const Feed = {
      id: 4,
      name: 5,
      enabled: '1',
      caching_enabled: 1,
      lookup_visible: 'true',
      cache_timestamp: 1795488372,
    };
    const { api } = await serve({ instead: () => ({ status: 200, body: [{ Feed }] }) });
    expect(await api.list()).toMatchObject([
      { id: '4', name: '5', enabled: true, caching: true, lookupVisible: true, cachedAt: 1795488372 },
    ]);
  });
});

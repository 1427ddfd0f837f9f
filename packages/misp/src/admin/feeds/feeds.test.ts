import { Secret } from '@misp-pipeline/core';
import {
  type FakeAdministration,
  type FakeAdministrationOptions,
  RecordingLogger,
  startFakeAdministration,
} from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { MispClient } from '../../rest/misp-client.ts';
import { addFeed } from './add-feed.ts';
import { cacheFeeds } from './cache-feeds.ts';
import { FeedApi } from './feed-api.ts';
import type { FeedDraft } from './feed-draft.ts';
import { previewFeed } from './feed-preview.ts';
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

/** A server that cannot show its feeds from the given time on. */
function failingFrom(time: number) {
  let times = 0;
  return ({ path }: { path: string }) => {
    if (path !== 'feeds/index') return undefined;
    times++;
    return times < time ? undefined : { status: 500, body: { message: 'An Internal Error' } };
  };
}

/** A server that does not do something, and answers 200. */
const refusing = (refused: string) => (request: { path: string }) =>
  request.path === refused
    ? { status: 200, body: { saved: false, name: 'Could not do it', errors: 'Disk is full' } }
    : undefined;

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

  it('changes the address of the feed when credentials are new, instead of adding a second one', async () => {
    const url = 'https://bob:oldpassword@f.example/c2.csv?key=oldsecret';
    const old = feed('C2', { url, source_format: 'csv', provider: 'CERT' });
    const { server, api } = await serve({ feeds: [old] });
    for (const [wanted, stored = wanted] of [
      ['https://bob:newpassword@f.example/c2.csv?key=oldsecret'],
      ['https://f.example/c2.csv?key=newsecret', 'https://bob:newpassword@f.example/c2.csv?key=newsecret'],
    ] as const) {
      expect(await addFeed(api, { ...C2, url: wanted }, REAL)).toMatchObject({
        id: '1',
        status: 'changed',
        changes: [{ field: 'url', after: expect.stringContaining('/c2.csv?key=*** (new)') }],
      });
      expect(server.feeds).toMatchObject([{ url: stored }]);
      expect(await addFeed(api, { ...C2, url: wanted }, REAL)).toMatchObject({ status: 'unchanged' });
    }
  });

  it('adds a feed of another name at the same place with another query', async () => {
    const { server, api } = await serve({ feeds: [feed('other', { url: C2.url, source_format: 'csv' })] });
    await addFeed(api, { ...C2, url: `${C2.url}2` }, REAL);
    expect(server.feeds).toHaveLength(2);
  });

  it('tells what it did when the server cannot be read again', async () => {
    const { api } = await serve({ instead: failingFrom(2) });
    expect(await addFeed(api, C2, REAL)).toMatchObject({
      id: '1',
      status: 'done',
      failure: 'unchecked',
      changes: [{ field: 'name' }, { field: 'provider' }, { field: 'url' }, { field: 'format' }],
      note: expect.stringContaining('could not be checked: '),
    });
  });

  it('hears a failure that comes with status 200', async () => {
    const { api } = await serve({ instead: refusing('feeds/add') });
    expect(await addFeed(api, C2, REAL)).toMatchObject({ failure: 'rejected', note: expect.stringContaining('full') });
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

  it('tells what it did when the rest is refused', async () => {
    const instead = ({ path }: { path: string }) =>
      path === 'feeds/edit/1' ? { status: 403, body: { message: 'Could not edit feed' } } : undefined;
    const { api } = await serve({ feeds: [feed('a')], instead });
    const [outcome] = await switchFeeds(api, await api.list(), { enabled: true, caching: true }, REAL);
    expect(outcome).toMatchObject({
      status: 'failed',
      failure: 'refused',
      changes: [{ field: 'enabled', before: 'off', after: 'on' }],
    });
  });

  it('tells what it did when the server accepts the rest and does not do it', async () => {
    const instead = ({ path }: { path: string }) => (path === 'feeds/edit/1' ? { status: 200, body: {} } : undefined);
    const { api } = await serve({ feeds: [feed('a')], instead });
    const [outcome] = await switchFeeds(api, await api.list(), { enabled: true, caching: true }, REAL);
    expect(outcome).toMatchObject({ failure: 'not-taken', changes: [{ field: 'enabled' }] });
    expect(outcome?.note).toContain('still as before: caching');
  });

  it('tells what it did when the server cannot be read again', async () => {
    const { api } = await serve({ feeds: [feed('a')], instead: failingFrom(2) });
    const [outcome] = await switchFeeds(api, await api.list(), { enabled: true }, REAL);
    expect(outcome).toMatchObject({ status: 'done', failure: 'unchecked', changes: [{ field: 'enabled' }] });
    expect(outcome?.note).toMatch(/^could not be checked: .* answered 500: An Internal Error/);
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

  it('tells what was started when it is interrupted', async () => {
    const controller = new AbortController();
    const { api } = await serve({ feeds: [feed('a', on)], workers: true });
    const caching = cacheFeeds(api, await api.list(), { ...patience, wait: 60, signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    const [outcome] = await caching;
    expect(outcome).toMatchObject({ status: 'queued', note: expect.stringContaining('the server goes on with it') });
  });

  it('does not take the words of the server for it when its cache time stays old', async () => {
    const body = { message: 'Caching the feeds has successfully completed.' };
    const instead = ({ path }: { path: string }) =>
      path.startsWith('feeds/cacheFeeds') ? { status: 200, body } : undefined;
    const now = Math.floor(Date.now() / 1000);
    const feeds = [
      feed('old', { ...on, cache_timestamp: '1700000000' }),
      feed('new', { ...on, cache_timestamp: String(now) }),
    ];
    const { api } = await serve({ feeds, instead });
    const outcomes = await cacheFeeds(api, await api.list(), patience);
    expect(outcomes.map(({ status, changes }) => [status, changes.length])).toEqual([
      ['failed', 0],
      ['done', 0],
    ]);
    expect(outcomes[0]?.note).toContain('nothing was cached; cached 2023-11-14T22:13:20Z');
  });

  it('looks again when a look fails, until the time is over', async () => {
    let looks = 0;
    const instead = ({ path }: { path: string }) => {
      if (path !== 'feeds/index') return undefined;
      server.work();
      return ++looks === 2 ? { status: 404, body: {} } : undefined;
    };
    const { server, api } = await serve({ feeds: [feed('a', on)], workers: true, instead });
    expect(await cacheFeeds(api, await api.list(), { ...patience, wait: 5 })).toMatchObject([{ status: 'changed' }]);
    const blind = await serve({ feeds: [feed('a', on)], workers: true, instead: failingFrom(2) });
    expect(await cacheFeeds(blind.api, await blind.api.list(), { ...patience, wait: 0.05 })).toMatchObject([
      { status: 'queued', failure: 'unchecked', note: expect.stringContaining('could not be checked') },
    ]);
  });

  it('hears a failure that comes with status 200', async () => {
    const { api } = await serve({ feeds: [feed('a', on)], instead: refusing('feeds/cacheFeeds/1') });
    expect(await cacheFeeds(api, await api.list(), patience)).toMatchObject([{ failure: 'rejected' }]);
  });

  it('does not take the login page for a broken feed', async () => {
    const instead = ({ path }: { path: string }) =>
      path === 'feeds/cacheFeeds/1' ? { status: 302, body: '', headers: { location: '/users/login' } } : undefined;
    const { api } = await serve({ feeds: [feed('a', on)], instead });
    expect(await cacheFeeds(api, await api.list(), patience)).toMatchObject([{ failure: 'redirected' }]);
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

  it('hears a failure that comes with status 200, and tells when the server cannot be read again', async () => {
    const refused = await serve({ instead: refusing('feeds/loadDefaultFeeds') });
    await expect(loadDefaultFeeds(refused.api, REAL)).rejects.toMatchObject({ kind: 'rejected' });
    const { api } = await serve({ instead: failingFrom(2) });
    expect((await loadDefaultFeeds(api, REAL)).fault).toContain('could not be checked');
  });

  it('sends nothing in a dry run', async () => {
    const { server, api } = await serve({ defaults: [feed('b')] });
    expect(await loadDefaultFeeds(api, DRY)).toEqual({ before: 0, added: [], note: undefined, fault: undefined });
    expect(server.changing).toEqual([]);
  });
});

describe('previewFeed', () => {
  it('counts each event that has a value once, under either name of the server', async () => {
    const preview = () => [
      { value: 'x', correlations: ['9', '9', '8'] },
      { value: 'y', feed_correlations: ['9', '9'] },
    ];
    const { api } = await serve({ feeds: [feed('a', { source_format: 'csv' })], preview });
    const [shown] = await Promise.all((await api.list()).map((one) => previewFeed(api, one)));
    expect(shown).toMatchObject({ values: [{ correlations: 2 }, { correlations: 1 }] });
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

import { afterEach, describe, expect, it } from 'vitest';
import { type FakeAdministration, type FakeAdministrationOptions, startFakeAdministration } from './server.ts';

let server: FakeAdministration | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(options: FakeAdministrationOptions) {
  const started = await startFakeAdministration(options);
  server = started;
  return async (path: string, body?: object) => {
    const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${started.url}/${path}`, { ...request, redirect: 'manual' });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  };
}

const FEED = { name: 'a', provider: 'p', url: 'https://f.example/a' };

describe('fake administration', () => {
  it('keeps feeds, and answers as the server did that was recorded', async () => {
    const ask = await start({});
    expect(await ask('feeds/add', { Feed: { ...FEED, name: '' } })).toMatchObject({
      status: 403,
      body: { saved: false },
    });
    expect(await ask('feeds/add', FEED)).toMatchObject({ status: 200, body: { Feed: { id: '1', enabled: false } } });
    expect(await ask('feeds/enable/1', {})).toMatchObject({ body: { name: 'Feed enabled.', url: '/feeds/enable/1' } });
    expect(await ask('feeds/enable/9', {})).toMatchObject({ status: 405, body: { name: 'Invalid Feed.' } });
    expect(await ask('feeds/edit/9', {})).toMatchObject({ status: 404 });
    expect(await ask('feeds/index')).toMatchObject({ body: [{ Feed: { enabled: true, cache_timestamp: false } }] });
    expect(await ask('feeds/loadDefaultFeeds')).toMatchObject({ status: 500 });
  });

  it('redirects when it cannot cache a feed at once, and says nothing when workers cannot', async () => {
    const feeds = [{ ...FEED, caching_enabled: true }];
    const broken = () => true;
    const atOnce = await start({ feeds, broken });
    expect(await atOnce('feeds/cacheFeeds/1', {})).toMatchObject({ status: 302 });
    await server?.close();
    const later = await start({ feeds, broken, workers: true });
    expect(await later('feeds/cacheFeeds/1', {})).toMatchObject({
      status: 200,
      body: { name: 'Feed caching job initiated.' },
    });
    server?.work();
    expect(server?.feeds).toMatchObject([{ cache_timestamp: false }]);
  });

  it('toggles a warninglist when it is not told which way, and fails with status 200', async () => {
    const ask = await start({ warninglists: [{ name: 'l', enabled: true, list: ['x'] }] });
    expect(await ask('warninglists/checkValue', ['x', 'y'])).toMatchObject({
      body: { x: [{ id: '1', matched: 'x' }] },
    });
    expect(await ask('warninglists/toggleEnable', { id: 1 })).toMatchObject({ body: { saved: true } });
    expect(await ask('warninglists/toggleEnable', { id: 7, enabled: true })).toMatchObject({
      status: 200,
      body: { saved: false },
    });
    expect(await ask('warninglists/checkValue', ['x'])).toMatchObject({ body: [] });
    expect(server?.warninglists).toMatchObject([{ enabled: false }]);
  });

  it('lets a user who is no site admin see no feeds and change nothing', async () => {
    const ask = await start({ feeds: [FEED], siteAdmin: false });
    expect(await ask('feeds/index')).toEqual({ status: 200, body: [] });
    expect(await ask('feeds/enable/1', {})).toMatchObject({ status: 403 });
  });

  it('tells the requests that may have changed something', async () => {
    const ask = await start({ feeds: [FEED] });
    await ask('feeds/index');
    await ask('warninglists/checkValue', ['x']);
    await ask('users/view/me');
    await ask('feeds/enable/1', {});
    await ask('feeds/cacheFeeds/1');
    expect(server?.requests).toHaveLength(5);
    expect(server?.changing).toEqual(['POST feeds/enable/1', 'GET feeds/cacheFeeds/1']);
  });
});

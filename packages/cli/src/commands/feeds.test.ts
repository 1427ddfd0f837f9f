import { describe, expect, it, vi } from 'vitest';
import { ADD, CANARY, FEEDS, LISTS, NASTY, serve, URL_WITH_KEY } from '../../testing/administration.ts';

describe('feeds', () => {
  it('are listed with hostile names made visible, and without credentials', async () => {
    const { cli } = await serve({ feeds: FEEDS });
    for (const options of [[], ['--json']]) {
      const { code, stdout, stderr } = await cli('feeds', 'list', ...options);
      expect(code).toBe(0);
      expect(stdout + stderr).not.toMatch(/hunter2|t0ken|s3cret/);
      expect(stdout).toContain('https://***@f.example/l.txt?token=***');
    }
    const { stdout } = await cli('feeds', 'list', '--json', '--enabled');
    expect(JSON.parse(stdout)).toMatchObject([{ id: '2', name: NASTY, headerNames: ['X-Key'], cachedAt: 'never' }]);
  });

  it('are added once', async () => {
    const { server, cli } = await serve();
    const first = await cli(...ADD, ...URL_WITH_KEY, '--enable', '--json');
    expect(JSON.parse(first.stdout)).toMatchObject({ exitCode: 0, outcomes: [{ id: '1', status: 'changed' }] });
    const second = await cli(...ADD, ...URL_WITH_KEY, '--enable');
    expect(second.stdout).toContain('unchanged');
    expect(server.changing).toEqual(['POST feeds/add']);
    expect(first.stdout + second.stdout).not.toContain('hunter2');
  });

  it('take headers from the environment, which are never shown', async () => {
    vi.stubEnv('FEED_HEADERS', 'X-Key: s3cretvalue');
    const { server, cli } = await serve();
    const { code, stdout } = await cli(...ADD, ...URL_WITH_KEY, '--headers-from-env', 'FEED_HEADERS');
    vi.unstubAllEnvs();
    expect(code).toBe(0);
    expect(server.feeds).toMatchObject([{ headers: 'X-Key: s3cretvalue' }]);
    expect(stdout).toContain('X-Key (new)');
    expect(stdout).not.toContain('s3cretvalue');
  });

  it.each([
    [['--url', 'notaurl'], 'notaurl'],
    [[...URL_WITH_KEY, '--columns', 'a'], 'columns'],
    [[...URL_WITH_KEY, '--tag', 'nosuch'], 'no tag `nosuch`'],
    [[...URL_WITH_KEY, '--headers-from-env', 'NOT_SET'], 'NOT_SET'],
    [[...URL_WITH_KEY, '--headers-from-env', `X-Key: ${CANARY}`], 'no name of an environment variable'],
    [[], '--url'],
    [[...URL_WITH_KEY, '--distribution', 'everyone'], 'everyone'],
  ])('are not added with %j', async (options, says) => {
    const { server, cli } = await serve();
    const { code, stderr } = await cli(...ADD, ...options);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(server.changing).toEqual([]);
  });

  it('are switched by id, name and pattern; what is unknown is told and ends with 2', async () => {
    const { server, cli } = await serve({ feeds: FEEDS });
    const { code, stdout, stderr } = await cli('feeds', 'enable', 'circ*', '2', 'nope', '--cache');
    expect(code).toBe(2);
    expect(stdout).toMatch(/changed +1 +CIRCL +enabled: off -> on; caching: off -> on/);
    expect(stdout).toMatch(/unchanged +2/);
    expect(stdout).toMatch(/FAILED +- +nope/);
    expect(stderr).toContain('1 changed, 1 unchanged, 1 FAILED');
    expect(server.feeds[0]).toMatchObject({ enabled: true, caching_enabled: true });
    expect((await cli('feeds', 'disable', 'all')).code).toBe(0);
    expect(server.feeds.map(({ enabled }) => enabled)).toEqual([false, false]);
  });

  it('are cached with --wait until the workers are done', async () => {
    const instead = ({ path }: { path: string }) => {
      if (path === 'feeds/index') server.work();
      return undefined;
    };
    const { server, cli } = await serve({ feeds: FEEDS, workers: true, instead });
    const { code, stdout } = await cli('feeds', 'cache', 'all', '--wait');
    expect(code).toBe(0);
    expect(stdout).toMatch(/changed +2 .*cached: never -> 2026/);
  });

  it('end with 5 when one could not be cached or fetched', async () => {
    const { cli } = await serve({ feeds: FEEDS, broken: () => true });
    expect(await cli('feeds', 'cache', '2')).toMatchObject({ code: 5, stdout: expect.stringContaining('FAILED') });
    expect(await cli('feeds', 'fetch', '2')).toMatchObject({ code: 5, stdout: expect.stringContaining('has failed') });
  });

  it('end with 4 when the key may not change them', async () => {
    const instead = ({ path }: { path: string }) =>
      path === 'feeds/enable/1' ? { status: 403, body: { message: `no, ${CANARY}` } } : undefined;
    const { cli } = await serve({ feeds: FEEDS, instead });
    expect((await cli('feeds', 'enable', 'CIRCL')).code).toBe(4);
  });

  it('end with 4 when the key sees none, and with 0 when there are none to do', async () => {
    const blind = await serve({ feeds: FEEDS, siteAdmin: false });
    for (const args of [
      ['enable', '1'],
      ['cache', 'all'],
      ['preview', '1'],
    ]) {
      const { code, stderr } = await blind.cli('feeds', ...args);
      expect(code).toBe(4);
      expect(stderr).toContain('the key sees no feeds');
    }
    const empty = await serve();
    expect(await empty.cli('feeds', 'enable', 'all')).toMatchObject({ code: 0, stderr: 'nothing to do\n' });
    expect(await empty.cli('feeds', 'list')).toMatchObject({ code: 0, stderr: 'the server has no feeds\n' });
    expect((await empty.cli('feeds', 'enable', '1')).code).toBe(2);
  });

  it('are not skipped when they are named beside `all`', async () => {
    const { cli } = await serve({ feeds: FEEDS });
    const { code, stdout } = await cli('feeds', 'cache', 'all', 'CIRCL');
    expect(code).toBe(5);
    expect(stdout).toMatch(/FAILED +1 +CIRCL +caching is off/);
  });

  it('keep one shape of JSON when a name is unknown', async () => {
    const { cli } = await serve({ feeds: FEEDS });
    const { code, stdout, stderr } = await cli('feeds', 'list', 'nope', '1', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject([{ id: '1' }]);
    expect(stderr).toContain('`nope`: nothing on the server');
  });

  it('are not listed as on and off at once', async () => {
    const { cli } = await serve({ feeds: FEEDS });
    expect((await cli('feeds', 'list', '--enabled', '--disabled')).code).toBe(2);
  });

  it('say that the server is down when it redirects to its login in between', async () => {
    const instead = ({ path }: { path: string }) =>
      path.startsWith('feeds/previewIndex')
        ? { status: 302, body: '', headers: { location: '/users/login' } }
        : undefined;
    const { cli } = await serve({ feeds: FEEDS, instead });
    const { code, stderr } = await cli('feeds', 'preview', '2');
    expect(code).toBe(5);
    expect(stderr).toContain('down for maintenance');
  });

  it('are loaded from the list of the server', async () => {
    const { cli } = await serve({ defaults: FEEDS });
    expect((await cli('feeds', 'defaults')).stderr).toContain('2 feeds added to the 0');
    expect((await cli('feeds', 'defaults')).stderr).toContain('0 feeds added to the 2');
  });

  it('are previewed', async () => {
    const values = [{ value: NASTY, default_type: 'ip-dst', to_ids: 1, correlations: ['1'] }];
    const manifest = {
      'uuid-1': { info: NASTY, date: '2026-11-20', Orgc: { name: 'CERT' }, Tag: [{ name: 'tlp:green' }] },
    };
    const preview = ({ source_format }: Record<string, unknown>) => (source_format === 'misp' ? manifest : values);
    const { cli } = await serve({ feeds: FEEDS, preview });
    expect((await cli('feeds', 'preview', 'CIRCL')).stdout).toMatch(/2026-11-20 +CERT +evil.* +tlp:green/);
    expect((await cli('feeds', 'preview', '2')).stdout).toMatch(/ip-dst +yes +1 +evil/);
    expect(JSON.parse((await cli('feeds', 'preview', '2', '--json')).stdout)).toMatchObject({
      values: [{ value: NASTY }],
    });
    expect((await cli('feeds', 'preview', '*')).code).toBe(2);
  });

  it.each([
    [...ADD, ...URL_WITH_KEY],
    ['feeds', 'enable', 'all'],
    ['feeds', 'disable', 'all', '--cache'],
    ['feeds', 'cache', '2', '--wait'],
    ['feeds', 'fetch', '2'],
    ['feeds', 'defaults'],
    ['warninglists', 'enable', 'all'],
    ['warninglists', 'disable', 'all'],
    ['warninglists', 'update'],
  ])('and lists are not changed by a dry run of %s %s', async (...args) => {
    const { server, cli } = await serve({ feeds: FEEDS, warninglists: LISTS });
    const { code, stdout } = await cli(...args, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('would');
    expect(JSON.parse((await cli(...args, '--dry-run', '--json')).stdout)).toMatchObject({ dryRun: true });
    expect(server.changing).toEqual([]);
  });
});

describe('what was done', () => {
  it('is told when the server cannot be read again, and ends with 5', async () => {
    let looks = 0;
    const instead = ({ path }: { path: string }) =>
      path === 'feeds/index' && ++looks > 1 ? { status: 500, body: { message: 'broken' } } : undefined;
    const { cli } = await serve({ feeds: FEEDS, instead });
    const { code, stdout } = await cli('feeds', 'enable', 'CIRCL');
    expect(code).toBe(5);
    expect(stdout).toMatch(/^done +1 +CIRCL +enabled: off -> on; could not be checked: .*answered 500: broken/m);
  });

  it('is told when the server updated only some of its lists', async () => {
    const message = 'Successfully updated 1 warninglists. However, could not update 85 warninglists.';
    const instead = ({ path }: { path: string }) =>
      path === 'warninglists/update' ? { status: 200, body: { saved: true, message } } : undefined;
    const { cli } = await serve({ warninglists: LISTS, instead });
    const { code, stderr } = await cli('warninglists', 'update');
    expect(code).toBe(5);
    expect(stderr).toContain('error: Successfully updated 1');
  });

  it('is told when a person interrupts the waiting', async () => {
    const { server, cli } = await serve({ feeds: FEEDS, workers: true });
    const running = cli('feeds', 'cache', '2', '--wait', '--json');
    await vi.waitFor(() => expect(server.changing).toHaveLength(1));
    process.emit('SIGINT');
    const { code, stdout, stderr } = await running;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 130, outcomes: [{ id: '2' }] });
    expect(stderr).not.toContain('Nothing was published');
  });
});

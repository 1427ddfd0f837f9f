import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FakeAdministrationOptions, startFakeAdministration, startReplayServer } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runMain } from '../../testing/run-main.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');
const CANARY = 'CanaryKeyThatNobodyMaySee0123456789abcdef';

let cwd: string;
const closing: (() => Promise<void>)[] = [];

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
});

afterEach(async () => {
  rmSync(cwd, { recursive: true });
  for (const close of closing.splice(0)) await close();
  process.exitCode = 0;
});

/** Runs the command line in this process, on a config with the given MISP sources. */
async function run(urls: Readonly<Record<string, string>>, ...args: string[]) {
  const config = join(cwd, 'misp-pipeline.config.json');
  const sources = Object.entries(urls).map(([id, url]) => [
    id,
    { use: 'misp', with: { url, key: CANARY, retries: 0, retryDelay: 0.01, maxBytes: 100_000 } },
  ]);
  const feed = { feed: { use: 'misp-feed', with: { url: './feed' } } };
  const exporters = { sigma: { use: 'sigma', with: { dir: 'out', check: 'off' } } };
  writeFileSync(config, JSON.stringify({ sources: { ...feed, ...Object.fromEntries(sources) }, exporters }));
  return runQuietly('--config', config, ...args);
}

async function runQuietly(...args: string[]) {
  const output = await runMain(...args);
  expect(output.stdout + output.stderr).not.toContain(CANARY);
  expect(output.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  return output;
}

async function serve(options: FakeAdministrationOptions = {}) {
  const server = await startFakeAdministration(options);
  closing.push(server.close);
  const cli = async (...args: string[]) => run({ cert: server.url }, ...args);
  return { server, cli };
}

const NASTY = 'evil\x1b[31m\u202ename\nnext\x9b';
const FEEDS = [
  { name: 'CIRCL', provider: 'CIRCL', url: 'https://circl.example/feed', source_format: 'misp' },
  {
    ...{ name: NASTY, provider: 'p', url: 'https://bob:hunter2@f.example/l.txt?token=t0ken', enabled: true },
    ...{ caching_enabled: true, headers: 'X-Key: s3cret' },
  },
];
const LISTS = [
  { name: 'List of RFC 1918 CIDR blocks', type: 'cidr', list: ['10.0.0.1'] },
  { name: 'List of known public DNS resolvers', enabled: true, list: ['8.8.8.8'] },
];
const ADD = ['feeds', 'add', '--name', 'C2', '--provider', 'CERT', '--format', 'csv'];
const URL_WITH_KEY = ['--url', 'https://f.example/c2.csv?key=hunter2'];

describe('which server', () => {
  it('says what to write when the config has none', async () => {
    const { code, stderr } = await run({}, 'feeds', 'list');
    expect(code).toBe(3);
    expect(stderr).toContain("cert: { use: misp, with: { url: 'https://misp.example.org', key: '${env:MISP_KEY}' } }");
  });

  it('asks which one when there are several', async () => {
    const { server } = await serve();
    const urls = { a: server.url, b: server.url };
    const { code, stderr } = await run(urls, 'feeds', 'list');
    expect(code).toBe(2);
    expect(stderr).toContain('several MISP servers: `a`, `b`');
    expect((await run(urls, 'feeds', 'list', '--source', 'b')).code).toBe(0);
    const unknown = await run(urls, 'feeds', 'list', '--source', '\x1b[31mx');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('`\\u{1b}[31mx`');
  });

  it('tells what commander refuses in JSON, too', async () => {
    for (const args of [
      ['feeds', 'enable', '--json'],
      ['feeds', '--json'],
      ['feeds', 'list', '--bogus', '--json'],
    ]) {
      const { code, stdout } = await runQuietly(...args);
      expect(code).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE', exitCode: 2 } });
    }
  });

  it('tells usage errors in JSON, too', async () => {
    const { stdout } = await run({ a: 'http://127.0.0.1:1', b: 'http://127.0.0.1:1' }, 'feeds', 'list', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE', exitCode: 2 } });
  });

  it('ends with 5 when it cannot be reached', async () => {
    const { code, stderr } = await run({ cert: 'http://127.0.0.1:1' }, 'feeds', 'list');
    expect(code).toBe(5);
    expect(stderr).toContain('doctor');
  });

  it.each([
    ['HTML', '<html>Sign in</html>'],
    ['something else', { a: 1 }],
    ['a huge answer', JSON.stringify(['x'.repeat(200_000)])],
  ])('ends with 5 and a clear error when it answers %s', async (_, body) => {
    const { cli } = await serve({ instead: () => ({ status: 200, body }) });
    for (const command of ['feeds', 'warninglists']) {
      const { code, stdout, stderr } = await cli(command, 'list');
      expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
      expect(stderr).toMatch(/^error: source `cert`: .*(not JSON|is this a MISP server|more than 100000 bytes)/);
    }
  });
});

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

describe('secrets in what is shown', () => {
  const HEADERS = 'X-Key: HeaderSecret99\nX-Odd: q"uo\\te99\nX-Short: abc1';
  const SECRETS = /HeaderSecret99|q\\*"uo|te99|UserSecret99|PassSecret99|Tok(%2F|\/)Secret99|abc1/;
  const url = 'https://UserSecret99:PassSecret99@f.example/c2.csv?key=Tok%2FSecret99';

  afterEach(() => vi.unstubAllEnvs());

  it.each([[[]], [['--json']], [['--log-level', 'trace']]])(
    'are masked when a server repeats them: %j',
    async (more) => {
      vi.stubEnv('FEED_HEADERS', HEADERS);
      const instead = ({ method, body }: { method: string; body: unknown }) =>
        method === 'POST' ? { status: 403, body: { message: `no: ${JSON.stringify(body)} ${HEADERS}` } } : undefined;
      const { cli } = await serve({ instead });
      const { code, stdout, stderr } = await cli(...ADD, '--url', url, '--headers-from-env', 'FEED_HEADERS', ...more);
      expect(code).toBe(4);
      expect(stdout + stderr).not.toMatch(SECRETS);
    },
  );

  it('are masked when the feed was on the server before', async () => {
    const instead = ({ path }: { path: string }) =>
      path === 'feeds/enable/1' ? { status: 500, body: { message: `no: ${url} ${HEADERS}` } } : undefined;
    const { cli } = await serve({ feeds: [{ name: 'a', provider: 'p', url, headers: HEADERS }], instead });
    const { code, stdout, stderr } = await cli('feeds', 'enable', '1');
    expect(code).toBe(5);
    expect(stdout + stderr).not.toMatch(SECRETS);
  });

  it.each([100, 140, 150, 155, 230, 240])('are masked where text is cut after about %d characters', async (length) => {
    const secret = 'HEADERSECRET0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const message = `${'x'.repeat(length)} X-Key: ${secret} ${'tail '.repeat(40)}`;
    const instead = ({ method }: { method: string }) =>
      method === 'POST' ? { status: 403, body: { message } } : undefined;
    const feeds = [{ name: 'a', provider: 'p', url: 'https://f.example/', headers: `X-Key: ${secret}` }];
    const { cli } = await serve({ feeds, instead });
    const { stdout } = await cli('feeds', 'enable', '1');
    expect(stdout).not.toContain('HEADE');
  });

  it('leave the words of the program alone', async () => {
    const { cli } = await serve();
    const plain = ['--url', 'https://changed:changed@f.example/x?format=status&mode=changed&b=enabled'];
    const { stdout } = await cli(...ADD, ...plain, '--enable', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 0,
      outcomes: [
        { status: 'changed', changes: expect.arrayContaining([expect.objectContaining({ field: 'enabled' })]) },
      ],
    });
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

describe('warninglists', () => {
  it('are listed with filters', async () => {
    const { cli } = await serve({ warninglists: LISTS });
    expect((await cli('warninglists', 'list')).stderr).toContain('1 of 2 are on');
    expect(JSON.parse((await cli('warninglists', 'list', '--type', 'cidr', '--json')).stdout)).toHaveLength(1);
    expect((await cli('warninglists', 'list', '*RFC*', '--enabled')).stdout).toBe('');
  });

  it('are switched once', async () => {
    const { server, cli } = await serve({ warninglists: LISTS });
    expect((await cli('warninglists', 'enable', '*RFC*')).stdout).toMatch(/changed +1 .*enabled: off -> on/);
    expect((await cli('warninglists', 'enable', '*RFC*')).stdout).toMatch(/unchanged +1/);
    expect(server.changing).toHaveLength(1);
  });

  it('are asked about values and the parts of composites', async () => {
    const { cli } = await serve({ warninglists: LISTS });
    const { code, stdout, stderr } = await cli('warninglists', 'check', '8.8.8.8|53', '1.1.1.1');
    expect(code).toBe(0);
    expect(stdout).toContain('(its part 8.8.8.8): string 8.8.8.8; meant for ip-src');
    expect(stdout).toContain('1.1.1.1: on no list');
    expect(stderr).toContain('not meant for the type');
  });

  it('are shown with hostile names made visible', async () => {
    const hits = { x: [{ id: NASTY, name: NASTY, matched: NASTY }] };
    const instead = ({ path }: { path: string }) =>
      path === 'warninglists/checkValue' ? { status: 200, body: hits } : undefined;
    const { cli } = await serve({
      warninglists: [{ name: NASTY, type: NASTY, category: NASTY, version: NASTY }],
      instead,
    });
    expect((await cli('warninglists', 'list')).stdout).toContain('evil\\u{1b}[31m\\u{202e}name\\u{a}next\\u{9b}');
    expect((await cli('warninglists', 'check', 'x')).stdout.split('\n')).toHaveLength(3);
    expect((await cli('warninglists', 'enable', 'all')).stdout).toContain('evil\\u{1b}');
  });

  it('are asked about some value, and listed by a type that there is', async () => {
    const { server, cli } = await serve({ warninglists: LISTS });
    expect((await cli('warninglists', 'check', '', ' ')).code).toBe(2);
    expect((await cli('warninglists', 'list', '--type', 'foo')).code).toBe(2);
    expect(server.requests).toEqual([]);
  });

  it('are updated', async () => {
    const { cli } = await serve({ warninglists: LISTS });
    const outdated = await serve({ warninglists: [{ name: 'l', available: '2' }] });
    expect((await outdated.cli('warninglists', 'update')).stdout).toMatch(/changed +1 +l +version: 1 -> 2/);
    expect((await cli('warninglists', 'update')).stderr).toContain('All warninglists are up to date already.');
  });
});

describe.skipIf(!existsSync(recordings))('administration of a recorded server (needs the data folder)', () => {
  async function replay(names: readonly string[], ...args: string[]) {
    const server = await startReplayServer(recordings, names);
    closing.push(server.close);
    const result = await run({ cert: server.url }, ...args);
    expect(server.unmatched).toEqual([]);
    return result;
  }

  it('lists feeds and warninglists', async () => {
    const feeds = await replay(['feeds-index-after-cache'], 'feeds', 'list', '--json');
    expect(JSON.parse(feeds.stdout)).toHaveLength(12);
    const lists = await replay(['warninglists-index'], 'warninglists', 'list', '--disabled');
    expect(lists.stdout).toContain('List of RFC 6598 CIDR blocks');
  });

  it('says why a key may see no feeds', async () => {
    const { code, stderr } = await replay(['feeds-index-user', 'users-view-me'], 'feeds', 'list');
    expect(code).toBe(0);
    expect(stderr).toContain('the key sees no feeds');
  });

  it('leaves a feed alone that is as wanted', async () => {
    const { code, stdout } = await replay(['feeds-index-after-cache'], 'feeds', 'enable', '3', '--cache');
    expect(code).toBe(0);
    expect(stdout).toMatch(/unchanged +3/);
  });

  it('does not add a feed that is there', async () => {
    const csv = [
      '--url',
      'http://127.0.0.1:18090/csv/iocs.csv',
      '--format',
      'csv',
      '--columns',
      '2',
      '--enable',
      '--cache',
    ];
    const names = ['--name', 'Local CSV', '--provider', 'lab'];
    const { code, stdout } = await replay(['feeds-index-after-cache'], 'feeds', 'add', ...names, ...csv);
    expect(code).toBe(0);
    expect(stdout).toMatch(/unchanged +4/);
  });

  it('caches feeds, and sees what workers could not do', async () => {
    const names = ['feeds-index-after-cache', 'feeds-cache-post', 'bg-feeds-cache-bad-queued'];
    const { code, stdout } = await replay(names, 'feeds', 'cache', '5', '8', '--wait', '--timeout', '1');
    expect(code).toBe(5);
    // The recorded list has the same cache time before and after.
    expect(stdout).toMatch(/FAILED +5 .*nothing was cached; cached 2026-11-24T02:46:12Z/);
    expect(stdout).toMatch(/FAILED +8 .*cached never/);
  });

  it('leaves warninglists alone that are as wanted', async () => {
    const { code, stdout } = await replay(['warninglists-index'], 'warninglists', 'enable', '61', '*resolvers*');
    expect(code).toBe(0);
    expect(stdout.match(/^unchanged/gm)).toHaveLength(4);
  });

  it('previews a feed', async () => {
    const { stdout } = await replay(['feeds-index-after-cache', 'feeds-preview-index-csv'], 'feeds', 'preview', '4');
    expect(stdout).toMatch(/ip-dst +yes +2 +198\.51\.100\.11/);
  });

  it.each([
    ['feeds-fetch-misp', '3', 0, 'successfully'],
    ['feeds-fetch-missing', '8', 5, 'has failed'],
  ])('fetches as in %s', async (name, id, exitCode, says) => {
    const { code, stdout } = await replay(['feeds-index-after-cache', name], 'feeds', 'fetch', id);
    expect(code).toBe(exitCode);
    expect(stdout).toContain(says);
  });
});

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type FakeAdministrationOptions,
  hasOpenssl,
  selfSignedCertificate,
  startFakeAdministration,
  startReplayServer,
} from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runMain } from '../../testing/run-main.ts';
import type { Diagnosis } from '../doctor/diagnose.ts';
import type { Finding } from '../doctor/finding.ts';

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

interface ConfigParts {
  readonly url?: string;
  readonly options?: object;
  readonly state?: string;
  readonly exporter?: object;
  /** Further sources. */
  readonly more?: object;
}

/** Runs doctor in this process, on a config with one MISP source, or with none where no url is given. */
async function doctor({ url, options, state = 'state', exporter, more = {} }: ConfigParts, ...args: string[]) {
  const config = join(cwd, 'misp-pipeline.config.json');
  const cert = { use: 'misp', with: { url, key: CANARY, timeout: 5, ...options } };
  const feed = { use: 'misp-feed', with: { url: './feed' } };
  const sigma = { use: 'sigma', with: { dir: 'out', check: 'off', ...exporter } };
  const sources = url === undefined ? { feed } : { cert, ...more };
  writeFileSync(config, JSON.stringify({ state, sources, exporters: { sigma } }));
  const stdout = await runQuietly('--config', config, 'doctor', '--json', ...args);
  const { findings, exitCode }: Diagnosis = JSON.parse(stdout);
  const found = (check: string, level?: Finding['level']) =>
    findings
      .filter((finding) => finding.check === check && (level === undefined || finding.level === level))
      .map((finding) => ({ ...finding, todo: finding.todo?.replace(` --config ${config}`, '') }));
  return { exitCode, code: process.exitCode, found, findings };
}

async function runQuietly(...args: string[]): Promise<string> {
  const { stdout, stderr } = await runMain(...args);
  expect(stdout + stderr).not.toContain(CANARY);
  return stdout;
}

async function serve(options: FakeAdministrationOptions = {}): Promise<{ url: string }> {
  const server = await startFakeAdministration(options);
  closing.push(server.close);
  return server;
}

const DAY = 86_400_000;
const now = Math.floor(Date.now() / 1000);

describe('doctor on this machine', () => {
  it('looks at config, state and engines without a MISP source', async () => {
    const { code, found } = await doctor({});
    expect(code).toBe(0);
    expect(found('config', 'ok')).toHaveLength(1);
    expect(found('state', 'ok')).toHaveLength(1);
    expect(found('server', 'ok')).toMatchObject([{ seen: 'no source of the config is a MISP server' }]);
  });

  it('ends with 3 when the config is wrong, and quotes the faults', async () => {
    const { code, found } = await doctor({ exporter: { nosuch: 1 } });
    expect(code).toBe(3);
    expect(found('config', 'error')).toMatchObject([{ seen: expect.stringContaining('nosuch') }]);
  });

  it('ends with 3 when the state folder cannot be written', async () => {
    writeFileSync(join(cwd, 'file'), '');
    const { code, found } = await doctor({ state: 'file/state' });
    expect(code).toBe(3);
    expect(found('state', 'error')).toHaveLength(1);
  });

  it('ends with 6 when an engine is absent that is required, and warns of one that may be', async () => {
    const engine = { command: ['misp-pipeline-no-such-engine'] };
    const required = await doctor({ exporter: { check: 'required', engine } });
    expect(required.code).toBe(6);
    expect(required.found('engine', 'error')).toMatchObject([{ of: 'sigma' }]);
    const optional = await doctor({ exporter: { check: 'if-present', engine } });
    expect(optional.code).toBe(0);
    expect(optional.found('engine', 'warning')).toHaveLength(1);
  });

  it('finds an engine that is here', async () => {
    const { found } = await doctor({ exporter: { check: 'required', engine: { command: [process.execPath] } } });
    expect(found('engine', 'ok')).toHaveLength(1);
  });
});

describe('doctor on a server', () => {
  it('ends with 0, or with 1 under --strict, when there are only warnings', async () => {
    const { url } = await serve();
    expect((await doctor({ url })).code).toBe(0);
    const { code, exitCode, found } = await doctor({ url }, '--strict');
    expect([code, exitCode]).toEqual([1, 1]);
    expect(found('tls', 'warning')).toMatchObject([
      { of: 'cert', code: 'tls/off', seen: expect.stringContaining('unencrypted') },
    ]);
  });

  it.each([
    ['a refused key', { status: 403, body: { message: 'Authentication failed.' } }, 4, 'key', 'Authentication failed'],
    [
      'maintenance',
      { status: 302, body: '', headers: { location: '/users/login' } },
      5,
      'server',
      'down for maintenance',
    ],
    [
      'another redirect',
      { status: 302, body: '', headers: { location: 'https://a.example/?next=/users/login' } },
      5,
      'server',
      'a.example',
    ],
    ['a redirect to nowhere', { status: 303, body: '' }, 5, 'server', 'does not say where to'],
    ['a limit', { status: 429, body: { message: 'Rate limit exceeded.' } }, 5, 'server', 'Rate limit exceeded'],
    ['a broken server', { status: 500, body: { message: 'An Internal Error' } }, 5, 'server', 'An Internal Error'],
    ['a page', { status: 200, body: '<html>' }, 5, 'server', 'not JSON'],
    ['another API', { status: 200, body: {} }, 5, 'server', 'is this a MISP server'],
  ])('tells %s', async (_, answer, exitCode, check, says) => {
    const { url } = await serve({ instead: () => answer });
    const { code, found } = await doctor({ url });
    expect(code).toBe(exitCode);
    expect(found(check, 'error')).toMatchObject([{ seen: expect.stringContaining(says) }]);
  });

  it.each([
    ['https://misp.example/servers/getVersion', 'Write `https://misp.example` as `url`.'],
    ['https://sso.example/?next=/users/login', 'Write the address of MISP itself as `url`'],
  ])('says what to write when it redirects to %s', async (location, todo) => {
    const { url } = await serve({ instead: () => ({ status: 302, body: '', headers: { location } }) });
    const { found } = await doctor({ url });
    expect(found('server', 'error')).toMatchObject([{ code: 'server/redirects', todo: expect.stringContaining(todo) }]);
  });

  it('ends with 5 when nobody is there', async () => {
    const { code, found } = await doctor({ url: 'http://127.0.0.1:1' });
    expect(code).toBe(5);
    expect(found('server', 'error')).toMatchObject([{ seen: expect.stringContaining('ECONNREFUSED') }]);
  });

  it('tells when the key ends, and how far the clocks are apart', async () => {
    const soon = new Date(Date.now() + 10.5 * DAY).toISOString();
    const date = new Date(Date.now() - 120_000).toUTCString();
    const { url } = await serve({ headers: { 'x-auth-key-expiration': soon, date } });
    const { found } = await doctor({ url });
    expect(found('key', 'warning')).toMatchObject([{ seen: 'the server takes it; it ends in 10 days' }]);
    expect(found('clock', 'warning')).toMatchObject([{ seen: expect.stringMatching(/1[12]\d s behind ours/) }]);
  });

  it('tells rights, a low rate limit, an account that ends, and a setting that filters every search', async () => {
    const { url } = await serve({
      siteAdmin: false,
      user: { expiration: String(now + 86_400) },
      role: { enforce_rate_limit: true, rate_limit_count: '3' },
      settings: [{ setting: 'default_restsearch_parameters', value: {} }],
    });
    const { found } = await doctor({ url });
    expect(found('rights', 'ok')).toMatchObject([{ seen: expect.stringContaining('may not change feeds') }]);
    expect(found('rate limit', 'warning')).toMatchObject([{ seen: expect.stringContaining('3 searches') }]);
    expect(found('account', 'warning')).toHaveLength(1);
    expect(found('search', 'warning')).toHaveLength(1);
  });

  it('refuses a role that may not search, and warns of an account that has ended and of a site admin', async () => {
    const { url } = await serve({
      user: { expiration: String(now - 2 * 86_400) },
      role: { enforce_rate_limit: true, rate_limit_count: '0' },
    });
    const { code, found } = await doctor({ url });
    expect(code).toBe(4);
    expect(found('rate limit', 'error')).toMatchObject([{ seen: 'the role may not search' }]);
    expect(found('account', 'warning')).toMatchObject([{ seen: 'it ended 2 days ago' }]);
    expect(found('rights', 'warning')).toMatchObject([{ code: 'rights/site-admin' }]);
  });

  it('tells a key that may not change lists to let another do it', async () => {
    const warninglists = [{ name: 'List of RFC 1918 CIDR blocks', list: ['10.0.0.0/8'] }];
    const { url } = await serve({ siteAdmin: false, warninglists });
    expect((await doctor({ url })).found('warninglists', 'warning')).toMatchObject([
      { todo: 'With a key that may switch warninglists: misp-pipeline warninglists enable 1' },
    ]);
  });

  it('sends to the log of the server when that fails', async () => {
    const instead = ({ path }: { path: string }) =>
      path === 'warninglists/index' ? { status: 500, body: { message: 'An Internal Error' } } : undefined;
    const { found } = await doctor(await serve({ instead }));
    expect(found('warninglists', 'warning')).toMatchObject([{ todo: 'See the log of the server.' }]);
  });

  it('leaves the words of the program alone when a secret is one of them', async () => {
    const { url } = await serve();
    for (const key of ['ok', 'warning']) {
      const { found } = await doctor({ url, options: { key } });
      expect(found('server', 'ok')).toMatchObject([{ code: 'server/answers' }]);
      expect(found('warninglists', 'warning')).toHaveLength(1);
    }
  });

  it('names the source in what to type where there are several', async () => {
    const { url } = await serve();
    const { findings } = await doctor({ url, more: { other: { use: 'misp', with: { url, key: CANARY } } } });
    expect(findings.filter(({ code }) => code === 'warninglists/none').map(({ todo }) => todo)).toEqual([
      expect.stringMatching(/warninglists update --source cert$/),
      expect.stringMatching(/warninglists update --source other$/),
    ]);
  });

  it('tells an old version, and one that is none', async () => {
    expect((await doctor(await serve({ version: '2.4.199' }))).found('version', 'warning')).toHaveLength(1);
    for (const version of ['2.5.30', '2.6', '2.5.1\n'])
      expect((await doctor(await serve({ version }))).found('version', 'ok')).toMatchObject([
        { seen: expect.not.stringContaining('\n') },
      ]);
    expect((await doctor(await serve({ version: 'x' }))).found('version', 'warning')).toHaveLength(1);
  });

  it('tells feeds that lookups do not see, with what to type', async () => {
    const feed = (name: string, fields: object) => ({
      name,
      provider: 'p',
      url: `https://f.example/${name}`,
      ...fields,
    });
    const on = { enabled: true, caching_enabled: true };
    const { url } = await serve({
      feeds: [
        feed('fresh', { ...on, cache_timestamp: String(now) }),
        feed('stale', { ...on, cache_timestamp: String(now - 200_000) }),
        feed('never', on),
        feed('uncached', { enabled: true }),
        feed('off', {}),
        feed('odd', { ...on, cache_timestamp: String(now), source_format: 'stix' }),
        feed('off but cached', { caching_enabled: true }),
      ],
    });
    const { found } = await doctor({ url });
    expect(found('feed cache').map(({ todo }) => todo)).toEqual([
      'misp-pipeline feeds cache 3 7 --wait',
      'misp-pipeline feeds cache 2 --wait',
      'misp-pipeline feeds enable 4 --cache',
    ]);
    expect(found('feed format', 'warning')).toHaveLength(1);
  });

  it('tells important warninglists that are off, and lists without entries', async () => {
    const { url } = await serve({
      warninglists: [
        { name: 'List of RFC 1918 CIDR blocks', list: ['10.0.0.0/8'] },
        { name: 'List of RFC 5735 CIDR blocks', enabled: true, list: ['0.0.0.0/8'] },
        { name: 'University domains', list: ['x'] },
        { name: 'Top 1000 website from Alexa', enabled: true },
        { name: 'Own RFC 9 list', default: false },
      ],
    });
    const { found } = await doctor({ url });
    expect(found('warninglists').map(({ level, seen, todo }) => [level, seen, todo])).toEqual([
      ['ok', '2 of 5 are on', undefined],
      [
        'warning',
        'off: private and reserved addresses (RFC lists): `List of RFC 1918 CIDR blocks`',
        'misp-pipeline warninglists enable 1',
      ],
      ['ok', 'off, and perhaps rightly so: `University domains`', undefined],
      ['warning', 'on, but without entries: `Top 1000 website from Alexa`', 'misp-pipeline warninglists update'],
    ]);
  });

  it('looks on when a part of the server fails', async () => {
    const instead = ({ path }: { path: string }) =>
      path === 'users/view/me' ? { status: 500, body: '<html>\x1b[31m' } : undefined;
    const { code, found } = await doctor(await serve({ instead }));
    expect(code).toBe(0);
    expect(found('rights', 'warning')).toHaveLength(1);
    expect(found('warninglists', 'warning')).toMatchObject([{ seen: 'the server has none' }]);
  });
});

describe.skipIf(!hasOpenssl())('doctor on a server with TLS (needs openssl)', () => {
  it('warns of a certificate that ends soon, and refuses one that it does not know', async () => {
    const tls = selfSignedCertificate();
    const { url } = await serve({ tls });
    const ca = join(cwd, 'ca.pem');
    writeFileSync(ca, tls.cert);
    const trusted = await doctor({ url, options: { ca } });
    expect(trusted.code).toBe(0);
    expect(trusted.found('tls', 'warning')).toMatchObject([{ seen: expect.stringMatching(/ends in (1 day|2 days)$/) }]);
    const unknown = await doctor({ url });
    expect(unknown.code).toBe(5);
    expect(unknown.found('tls', 'error')).toMatchObject([{ todo: expect.stringContaining('`ca`') }]);
    expect(unknown.findings.filter(({ level }) => level === 'error')).toHaveLength(1);
    const misnamed = await doctor({ url: url.replace('127.0.0.1', 'localhost'), options: { ca } });
    expect(misnamed.found('tls', 'error')).toMatchObject([
      { todo: 'Write a name that it has in `url` of the source.', seen: expect.stringContaining('127.0.0.1') },
    ]);
    const unverified = await doctor({ url, options: { verifyTls: false } });
    expect(unverified.code).toBe(0);
    expect(unverified.found('tls', 'warning')).toHaveLength(1);
  });
});

describe('doctor on what is no TLS', () => {
  it('refuses a `ca` that holds no certificate', async () => {
    const ca = join(cwd, 'ca.pem');
    writeFileSync(ca, 'not a certificate');
    const { code, found } = await doctor({ url: 'https://127.0.0.1:1', options: { ca } });
    expect(code).toBe(3);
    expect(found('server', 'error')).toMatchObject([{ seen: expect.stringContaining('holds no certificate') }]);
  });

  it('says that the port speaks no TLS', async () => {
    const { url } = await serve();
    const { code, findings } = await doctor({ url: url.replace('http:', 'https:') });
    expect(code).toBe(5);
    expect(findings.filter(({ level }) => level === 'error')).toMatchObject([
      { code: 'tls/not-spoken', seen: 'the port speaks no TLS' },
    ]);
  });
});

describe.skipIf(!existsSync(recordings))('doctor on a recorded server (needs the data folder)', () => {
  it('finds what was wrong with it', async () => {
    const names = ['version-admin', 'users-view-me', 'feeds-index-after-cache', 'warninglists-index'];
    const server = await startReplayServer(recordings, names);
    closing.push(server.close);
    const { code, found } = await doctor(server);
    expect(server.unmatched).toEqual([]);
    expect(code).toBe(0);
    expect(found('feed cache').map(({ todo }) => todo)).toContain(
      'With the key of a site admin: misp-pipeline feeds cache 8 --wait',
    );
    expect(found('warninglists', 'warning').map(({ todo }) => todo)).toEqual([
      'With a key that may switch warninglists: misp-pipeline warninglists enable 39',
      'With a key that may switch warninglists: misp-pipeline warninglists enable 62 63 64',
    ]);
  });

  it.each([
    ['live-off-user', 5, 'down for maintenance'],
    ['db-down-version', 5, 'An Internal Error'],
    ['err-bad-key-get-version', 4, 'Authentication failed'],
  ])('tells %s', async (name, exitCode, says) => {
    const server = await startReplayServer(recordings, [name]);
    closing.push(server.close);
    const { code, findings } = await doctor(server);
    expect(code).toBe(exitCode);
    expect(findings.at(-1)?.seen).toContain(says);
  });
});

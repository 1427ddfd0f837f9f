import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';
import { isPipelineError, type StageServices } from '@misp-pipeline/core';
import { type Loopback, RecordingLogger, startLoopback, testServices } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListChoice } from '../choose-lists.ts';
import { serverListOptions } from './options.ts';
import { ServerLists } from './server-lists.ts';

const CANARY = 'CanaryKeyThatNobodyMaySee0123456789abcdef';
const NOON = Date.parse('2026-11-24T12:00:00Z');
const HOUR = 3_600_000;
const ALL: ListChoice = { only: ['*'], except: [], named: [] };

interface ServedList {
  name: string;
  type?: unknown;
  version: number;
  list: unknown;
  enabled?: boolean;
  /** What the index says instead of the number of entries. */
  count?: number;
}

/** What the server has, by id. */
let lists: Record<string, ServedList>;
/** Answers in place of the right one, by path. */
let faults: Record<string, (response: ServerResponse) => void>;
let requests: string[];
let server: Loopback;
let services: StageServices;
let log: RecordingLogger;

beforeEach(async () => {
  lists = {
    1: { name: 'List of RFC 1918 CIDR blocks', type: 'cidr', version: 5, list: ['10.0.0.0/8', '192.168.0.0/16'] },
    2: { name: 'Top 1000 website from Alexa', type: 'hostname', version: 20230511, list: ['google.com'] },
    3: { name: 'List of known Zscaler IP address ranges', type: 'cidr', version: 1, list: [], enabled: false },
  };
  faults = {};
  requests = [];
  server = await startLoopback(({ path, headers }, response) => {
    requests.push(path);
    if (headers.authorization !== CANARY) return answer(response, { message: 'Authentication failed.' }, 403);
    const fault = faults[path];
    if (fault !== undefined) return fault(response);
    if (path === '/warninglists/index') return answer(response, index());
    const list = lists[path.replace('/warninglists/export/', '')];
    return list === undefined ? answer(response, { message: 'Warninglist not found.' }, 404) : answer(response, list);
  });
  log = new RecordingLogger();
  services = testServices({ logger: log.logger });
});

afterEach(async () => {
  await server.close();
  rmSync(services.stateDir, { recursive: true, force: true });
});

function answer(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function index() {
  const Warninglists = Object.entries(lists).map(([id, { name, type, version, list, enabled = true, count }]) => {
    const entries = count ?? (Array.isArray(list) ? list.length : 0);
    const fields = { id, name, type, version: String(version), enabled, warninglist_entry_count: String(entries) };
    return { Warninglist: fields };
  });
  return { Warninglists };
}

/** One run, some hours after noon; the paths that it uses and the requests that it made. */
async function run(hours = 0, given: { options?: object; choice?: ListChoice; services?: object } = {}) {
  requests.length = 0;
  const options = { url: server.url, key: CANARY, retries: 0, retryDelay: 0.001, ...given.options };
  const stage = { ...services, now: new Date(NOON + hours * HOUR), ...given.services };
  const serverLists = new ServerLists(serverListOptions.parse(options), given.choice ?? ALL, stage);
  const paths = await serverLists.files(new AbortController().signal);
  return { paths, slugs: paths.map((path) => basename(dirname(path))), requests: [...requests] };
}

async function failure(running: Promise<unknown>) {
  const error: unknown = await running.catch((thrown: unknown) => thrown);
  if (!isPipelineError(error)) throw new Error(`no PipelineError but ${String(error)}`);
  return error;
}

function contentOf(path: string | undefined): unknown {
  return JSON.parse(readFileSync(path ?? '', 'utf8')).list;
}

const cut = (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{"name": "Cut", "list": ["10.');

describe('the lists of a server', () => {
  it('are fetched once: the index, then each enabled list', async () => {
    const { slugs, paths, requests } = await run();
    expect(slugs).toEqual(['rfc1918', 'alexa']);
    expect(requests).toEqual(['/warninglists/index', '/warninglists/export/1', '/warninglists/export/2']);
    expect(contentOf(paths[0])).toEqual(['10.0.0.0/8', '192.168.0.0/16']);
  });

  it('are used without a request until they are too old, then after one request when nothing changed', async () => {
    await run();
    expect((await run(11)).requests).toEqual([]);
    expect(await run(13)).toMatchObject({ slugs: ['rfc1918', 'alexa'], requests: ['/warninglists/index'] });
    expect((await run(24)).requests).toEqual([]);
    expect((await run(24, { options: { maxAge: '0s' } })).requests).toEqual(['/warninglists/index']);
  });

  it.each([
    ['another version', { version: 6 }],
    ['another number of entries', { list: ['10.0.0.0/8'] }],
  ])('are fetched again when they have %s', async (_what, change) => {
    await run();
    Object.assign(lists[1] ?? {}, change);
    expect((await run(13)).requests).toEqual(['/warninglists/index', '/warninglists/export/1']);
  });

  it('are all fetched anew when the user wants that', async () => {
    await run();
    expect((await run(1, { services: { full: true } })).requests).toHaveLength(3);
  });

  it('include the disabled ones only on demand', async () => {
    expect((await run(0, { options: { enabledOnly: false } })).slugs).toEqual(['rfc1918', 'alexa', 'zscaler']);
  });

  it('are fetched only as far as they are chosen', async () => {
    const choice = { ...ALL, except: ['rfc*', 'zscaler'] };
    expect(await run(0, { choice })).toMatchObject({ slugs: ['alexa'], requests: { length: 2 } });
    expect((await run(1)).requests).toEqual(['/warninglists/index', '/warninglists/export/1']);
  });

  it('must know each name that the config mentions, also when disabled ones do', async () => {
    expect((await run(0, { choice: { ...ALL, named: ['zscaler'] } })).slugs).toHaveLength(2);
    const error = await failure(run(0, { choice: { ...ALL, only: ['rfc1918', 'alexia'] } }));
    expect(error).toMatchObject({ code: 'STAGE_INPUT', message: expect.stringContaining('no list is named `alexia`') });
    expect((await failure(run(0, { choice: { ...ALL, only: ['zscaler'] } }))).message).toContain('has no enabled list');
  });

  it('that the config names are missed aloud when they are disabled', async () => {
    for (const choice of [
      { ...ALL, named: ['zscaler'] },
      { ...ALL, only: ['alexa', 'zscaler'] },
    ]) {
      log.lines.length = 0;
      await run(0, { choice });
      expect(log.lines.join('\n')).toMatch(/warn .*zscaler.*that the options name are disabled/);
    }
    log.lines.length = 0;
    await run(0, { choice: { ...ALL, only: ['*'], except: ['zscaler'] } });
    expect(log.lines.join('\n')).not.toContain('warn');
  });

  it('include the enabled successor of a disabled list under its short name', async () => {
    lists = {
      1: { name: 'List of known Ovh Cluster IP', type: 'cidr', version: 1, list: ['192.0.2.0/24'], enabled: false },
      2: { name: 'List of known OVH Cluster IPs', type: 'cidr', version: 2, list: ['198.51.100.0/24'] },
    };
    const { paths } = await run(0, { choice: { ...ALL, only: ['ovh-cluster'] } });
    expect(contentOf(paths[0])).toEqual(['198.51.100.0/24']);
  });

  it('are not used any more once they are disabled or gone, which is logged', async () => {
    await run();
    Object.assign(lists[1] ?? {}, { enabled: false });
    lists[4] = { name: 'Another', type: 'string', version: 1, list: ['x.example'] };
    delete lists[2];
    expect((await run(13)).slugs).toEqual(['another']);
    expect(log.lines.join('\n')).toMatch(/warn .*alexa.* the server has no more/);
    expect(log.lines.join('\n')).toMatch(/warn .*rfc1918.* disabled or not chosen/);
    expect(log.lines.join('\n')).toMatch(/info .*another: 'Another'.*short names/);
  });
});

describe('when the server fails', () => {
  const fault = (response: ServerResponse) => answer(response, { message: 'An Internal Error Has Occurred.' }, 500);

  it('copies stand in, with a warning that says their age', async () => {
    await run();
    faults['/warninglists/index'] = fault;
    expect((await run(36)).slugs).toEqual(['rfc1918', 'alexa']);
    expect(log.lines.at(-1)).toMatch(/^warn .*answered 500: An Internal Error.* as they were 36\.0 hours ago/s);
    await server.close();
    expect((await run(37)).slugs).toEqual(['rfc1918', 'alexa']);
  });

  it('the run stops when there are no copies, or not all', async () => {
    faults['/warninglists/index'] = fault;
    expect(await failure(run())).toMatchObject({ code: 'SOURCE_UNREACHABLE', exitCode: 5 });
    faults = {};
    await run(0, { choice: { ...ALL, only: ['alexa'] } });
    faults['/warninglists/index'] = fault;
    const error = await failure(run(13));
    expect(error.message).toMatch(/answered 500.*not all that are used are in the state folder/);
  });

  it('by losing most of its lists, copies stand in, but in a full run', async () => {
    await run();
    lists = { 3: { name: 'Own', type: 'string', version: 1, list: ['a.example'] } };
    expect((await run(13)).slugs).toEqual(['rfc1918', 'alexa']);
    expect(log.lines.at(-1)).toMatch(
      /^warn .*has 1 warninglists instead of 3; a full run accepts that.* as they were 13/s,
    );
    expect((await run(13, { services: { full: true } })).slugs).toEqual(['own']);
  });

  it('a redirect is not followed and called maintenance', async () => {
    faults['/warninglists/index'] = (response) => void response.writeHead(302, { location: '/users/login' }).end();
    expect((await failure(run())).message).toContain('down for maintenance');
  });

  it('a refused key stops the run although there are copies', async () => {
    await run();
    faults['/warninglists/index'] = (response) => answer(response, { message: 'Authentication failed.' }, 403);
    const error = await failure(run(13));
    expect(error).toMatchObject({ code: 'SOURCE_REFUSED', exitCode: 4, hint: expect.stringContaining('key') });
    expect(error.message).toContain('answered 403: Authentication failed.; the key must be one that may read');
  });

  it('three failures in a row end the asking, and what came before is not fetched again', async () => {
    for (let id = 4; id < 10; id++) lists[id] = { name: `Own ${id}`, type: 'string', version: 1, list: ['x.example'] };
    for (let id = 4; id < 10; id++) faults[`/warninglists/export/${id}`] = fault;
    expect(await failure(run())).toMatchObject({ code: 'SOURCE_INCOMPLETE' });
    expect(requests).toHaveLength(1 + 2 + 3);
    faults = {};
    expect((await run(0)).requests).toHaveLength(1 + 6);
  });
});

describe('a list that is not whole', () => {
  it.each([
    ['short of entries', () => Object.assign(lists[1] ?? {}, { count: 3 }), 'incomplete: 2 of the 3 entries'],
    ['cut', () => Object.assign(faults, { '/warninglists/export/1': cut }), 'not JSON'],
    ['of no type', () => Object.assign(lists[1] ?? {}, { type: 'cird\u001b[31m' }), 'has the type `cird [31m`'],
    ['of numbers', () => Object.assign(lists[1] ?? {}, { list: [1, 2] }), 'has no `list` of strings'],
    ['no list', () => Object.assign(lists[1] ?? {}, { list: '__proto__', count: 1 }), 'incomplete: 0 of the 1 entries'],
    ['of another version', () => Object.assign(faults, { '/warninglists/export/1': other }), 'version `4` of the list'],
  ])('stops the run when it is %s and there is no copy', async (_what, spoil, message) => {
    spoil();
    const error = await failure(run());
    expect(error).toMatchObject({ code: 'SOURCE_INCOMPLETE', exitCode: 5 });
    expect(error.message).toContain('1 of its warninglists could not be had');
    expect(error.message).toContain('`rfc1918`: ');
    expect(error.message).toContain(message);
  });

  const other = (response: ServerResponse) => answer(response, { ...lists[1], version: 4 });

  it('does not displace its copy, and is asked for again in the next run', async () => {
    const { paths } = await run();
    Object.assign(lists[1] ?? {}, { version: 6, count: 3 });
    expect((await run(13)).slugs).toEqual(['rfc1918', 'alexa']);
    expect(log.lines.at(-1)).toMatch(/^warn .*incomplete: 2 of the 3 entries.*copies of earlier runs are used/s);
    expect(contentOf(paths[0])).toHaveLength(2);
    Object.assign(lists[1] ?? {}, { list: ['10.0.0.0/8', '192.168.0.0/16', '172.16.0.0/12'] });
    expect((await run(13)).requests).toEqual(['/warninglists/index', '/warninglists/export/1']);
    expect(contentOf(paths[0])).toHaveLength(3);
  });

  it('does not displace its copy when the server has emptied it, but in a full run', async () => {
    const { paths } = await run();
    Object.assign(lists[1] ?? {}, { version: 6, list: [] });
    expect((await run(13)).slugs).toEqual(['rfc1918', 'alexa']);
    expect(contentOf(paths[0])).toHaveLength(2);
    expect(log.lines.at(-1)).toMatch(/^warn .*`rfc1918`: the server has emptied it.*copies of earlier runs are used/s);
    expect((await run(13)).requests).toEqual(['/warninglists/index']);
    await run(13, { services: { full: true } });
    expect(contentOf(paths[0])).toHaveLength(0);
  });

  it('is not called up to date', async () => {
    await run();
    Object.assign(lists[1] ?? {}, { version: 6, count: 3 });
    log.lines.length = 0;
    await run(13);
    expect(log.lines.join('\n')).not.toContain('up to date');
  });

  it('leaves the copies as old as they were when all were current', async () => {
    await run();
    Object.assign(lists[1] ?? {}, { version: 6, count: 3 });
    await run(13);
    await server.close();
    await run(20);
    expect(log.lines.at(-1)).toContain('as they were 20.0 hours ago');
  });

  it('is refused when it is larger than the options allow', async () => {
    lists[1] = {
      name: 'Large',
      type: 'string',
      version: 1,
      list: Array.from({ length: 500 }, (_, i) => `${i}.example`),
    };
    expect((await failure(run(0, { options: { maxBytes: 2048 } }))).message).toMatch(
      /more than 2048 bytes; .*`except`/,
    );
  });

  it('may hold entries with any name as a map', async () => {
    lists[1] = {
      name: 'Own',
      type: 'string',
      version: 1,
      list: JSON.parse('{"__proto__": "", "a.example": ""}'),
      count: 2,
    };
    expect(Object.keys(contentOf((await run()).paths[0]) ?? {})).toEqual(['__proto__', 'a.example']);
  });
});

describe('the cache', () => {
  it('is all that a repeated run looks at', async () => {
    const { paths } = await run();
    await server.close();
    expect(await run(400, { services: { replay: true } })).toEqual({
      paths,
      slugs: ['rfc1918', 'alexa'],
      requests: [],
    });
  });

  it('cannot be repeated from when no run has filled it', async () => {
    const error = await failure(run(0, { services: { replay: true } }));
    expect(error.message).toContain('no earlier run has fetched its warninglists');
  });

  it('of another server or user is not used, and goes when there is a new one', async () => {
    const before = await run();
    const error = await failure(run(1, { options: { key: 'another' } }));
    expect(error.code).toBe('SOURCE_REFUSED');
    const after = await run(1, { options: { url: `${server.url}/` } });
    expect(after.requests).toHaveLength(3);
    expect(() => contentOf(before.paths[0])).toThrow('ENOENT');
  });

  it('is made anew where it was damaged', async () => {
    const { paths } = await run();
    rmSync(dirname(paths[0] ?? ''), { recursive: true });
    expect((await run(1)).requests).toEqual(['/warninglists/index', '/warninglists/export/1']);
  });

  it.each([
    ['missing', (path: string) => rmSync(path)],
    ['cut short', (path: string) => writeFileSync(path, '{"name": "Cut')],
    ['no list', (path: string) => writeFileSync(path, '{"name": "Cut"}')],
  ])('gets a new copy in place of one that is %s', async (_what, spoil) => {
    const { paths } = await run();
    spoil(paths[0] ?? '');
    expect((await run(1)).requests).toEqual(['/warninglists/index', '/warninglists/export/1']);
    expect(contentOf(paths[0])).toHaveLength(2);
  });

  it('has no path that a name could choose', async () => {
    lists = {
      7: { name: '../../../etc/passwd', type: 'string', version: 1, list: ['a.example'] },
      8: { name: '\u0000\u001b[2J', type: 'string', version: 1, list: ['a.example'] },
      9: { name: 'List of RFC 1918 CIDR blocks', type: 'cidr', version: 1, list: ['10.0.0.0/8'] },
      10: { name: 'list of rfc-1918 cidr blocks', type: 'cidr', version: 1, list: ['10.0.0.0/8'] },
    };
    const { slugs, paths } = await run();
    expect(slugs).toEqual(['etc-passwd', '2j', 'rfc1918', 'rfc1918-10']);
    for (const path of paths) expect(path.startsWith(services.stateDir)).toBe(true);
  });

  it('and the log hold no key', async () => {
    const { paths } = await run();
    faults['/warninglists/index'] = (response) => answer(response, { message: `no ${CANARY}` }, 500);
    await run(13);
    const index = readFileSync(`${dirname(dirname(dirname(paths[0] ?? '')))}/index.json`, 'utf8');
    expect(index).toContain(server.url);
    expect(`${index}${log.lines.join()}`).not.toContain(CANARY);
  });
});

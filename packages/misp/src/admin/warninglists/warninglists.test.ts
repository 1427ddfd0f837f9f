import { Secret } from '@misp-pipeline/core';
import {
  type FakeAdministration,
  type FakeAdministrationOptions,
  RecordingLogger,
  startFakeAdministration,
} from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { MispClient } from '../../rest/misp-client.ts';
import { checkValues } from './check-values.ts';
import { switchWarninglists } from './switch-warninglists.ts';
import { updateWarninglists } from './update-warninglists.ts';
import { WarninglistApi } from './warninglist-api.ts';

const signal = new AbortController().signal;
const servers: FakeAdministration[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(options: FakeAdministrationOptions = {}) {
  const server = await startFakeAdministration({ warninglists: LISTS, ...options });
  servers.push(server);
  const request = { verifyTls: true, timeout: 5, retries: 0, retryDelay: 0.01, maxBytes: 1_000_000 };
  const client = new MispClient({
    ...{ url: server.url, key: new Secret('key'), ...request },
    logger: new RecordingLogger().logger,
  });
  return { server, api: new WarninglistApi(client, signal) };
}

const LISTS = [
  { name: 'RFC 1918', list: ['10.0.0.1'] },
  { name: 'Resolvers', enabled: true, list: ['8.8.8.8', 'dns.example'] },
];

describe('switchWarninglists', () => {
  it('switches what is not yet so, and never back', async () => {
    const { server, api } = await serve();
    const first = await switchWarninglists(api, await api.list(), true, { dryRun: false });
    expect(first.map(({ status }) => status)).toEqual(['changed', 'unchanged']);
    const second = await switchWarninglists(api, await api.list(), true, { dryRun: false });
    expect(second.map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
    expect(server.changing).toEqual(['POST warninglists/toggleEnable']);
    expect(server.warninglists.map(({ enabled }) => enabled)).toEqual([true, true]);
  });

  it('sends nothing in a dry run', async () => {
    const { server, api } = await serve();
    const outcomes = await switchWarninglists(api, await api.list(), false, { dryRun: true });
    expect(outcomes.map(({ status }) => status)).toEqual(['unchanged', 'planned']);
    expect(server.changing).toEqual([]);
  });

  it('hears a failure that comes with status 200, and goes on', async () => {
    const { api } = await serve();
    const lists = (await api.list()).map((list) =>
      list.id === '1' ? { ...list, id: '9999' } : { ...list, enabled: false },
    );
    const outcomes = await switchWarninglists(api, lists, true, { dryRun: false });
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'changed']);
    expect(outcomes[0]?.note).toContain('Warninglist(s) not found.');
  });

  it('reads the server again, and fails when nothing happened', async () => {
    const instead = ({ path }: { path: string }) =>
      path.endsWith('toggleEnable')
        ? { status: 200, body: { saved: true, success: '1 warninglist(s) enabled' } }
        : undefined;
    const { api } = await serve({ instead });
    const [outcome] = await switchWarninglists(api, await api.list(), true, { dryRun: false });
    expect(outcome).toMatchObject({ status: 'failed', failure: 'not-taken' });
  });
});

describe('updateWarninglists', () => {
  const warninglists = [{ name: 'old', available: '2' }, { name: 'current' }];

  it('tells which lists have another version, and none the second time', async () => {
    const { api } = await serve({ warninglists });
    const first = await updateWarninglists(api, { dryRun: false });
    expect(first.outcomes).toEqual([
      { id: '1', name: 'old', status: 'changed', changes: [{ field: 'version', before: '1', after: '2' }] },
    ]);
    expect(first.note).toBe('Successfully updated 1 warninglists.');
    expect((await updateWarninglists(api, { dryRun: false })).outcomes).toEqual([]);
  });

  it('hears what the server could not do, also beside `saved: true`', async () => {
    const message = 'Successfully updated 1 warninglists. However, could not update 85 warninglists.';
    const answering = (body: object) => (request: { path: string }) =>
      request.path === 'warninglists/update' ? { status: 200, body } : undefined;
    const partly = await serve({ warninglists, instead: answering({ saved: true, message }) });
    expect((await updateWarninglists(partly.api, { dryRun: false })).fault).toBe(message);
    const { api } = await serve({ warninglists, instead: answering({ saved: false, errors: 'Disk is full' }) });
    await expect(updateWarninglists(api, { dryRun: false })).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('Disk is full'),
    });
  });

  it('sends nothing in a dry run', async () => {
    const { server, api } = await serve({ warninglists });
    expect(await updateWarninglists(api, { dryRun: true })).toEqual({
      before: 2,
      outcomes: [],
      note: undefined,
      fault: undefined,
    });
    expect(server.changing).toEqual([]);
  });
});

describe('checkValues', () => {
  it('tells list and entry, and asks for the parts of composites, too', async () => {
    const { api } = await serve();
    const { values, enabledLists, allLists } = await checkValues(api, ['8.8.8.8|53', ' dns.example ', '10.0.0.1', '']);
    expect(values.map(({ value, matches }) => [value, matches.map(({ part, name }) => `${part} ${name}`)])).toEqual([
      ['8.8.8.8|53', ['8.8.8.8 Resolvers']],
      ['dns.example', ['dns.example Resolvers']],
      ['10.0.0.1', []],
    ]);
    expect(values[0]?.matches[0]).toMatchObject({
      entry: '8.8.8.8',
      attributeTypes: ['ip-src', 'ip-dst', 'domain', 'hostname'],
    });
    expect([enabledLists, allLists]).toEqual([1, 2]);
  });

  it('asks in several requests for many values', async () => {
    const { server, api } = await serve();
    await checkValues(
      api,
      Array.from({ length: 2500 }, (_, i) => `host${i}.example`),
    );
    expect(server.requests.filter((request) => request.endsWith('checkValue'))).toHaveLength(3);
  });

  it('asks nothing without a value', async () => {
    const { server, api } = await serve();
    expect((await checkValues(api, ['', ' '])).values).toEqual([]);
    expect(server.requests).toEqual(['GET warninglists/index']);
  });
});

describe('WarninglistApi in front of a hostile server', () => {
  it.each([
    ['HTML', '<html>Sign in</html>', 'invalid'],
    ['a list', [], 'unexpected'],
    ['something else', { Warninglists: [{ Feed: {} }] }, 'unexpected'],
  ])('refuses %s instead of the lists', async (_, body, kind) => {
    const { api } = await serve({ instead: () => ({ status: 200, body }) });
    await expect(api.list()).rejects.toMatchObject({ name: 'HttpError', kind });
  });

  it('reads every page of a server that answers with 60 lists at a time', async () => {
    const all = Array.from({ length: 130 }, (_, i) => ({ Warninglist: { id: i + 1, name: `list ${i}` } }));
    const instead = ({ path }: { path: string }) => {
      const page = Number(/page:(\d+)$/.exec(path)?.[1] ?? 1);
      return { status: 200, body: { Warninglists: all.slice((page - 1) * 60, page * 60) } };
    };
    const { server, api } = await serve({ instead });
    expect(await api.list()).toHaveLength(130);
    expect(server.requests).toHaveLength(3);
  });
});

import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { isPipelineError, type StageServices } from '@misp-pipeline/core';
import {
  type FakeMisp,
  type FakeMispOptions,
  hasOpenssl,
  type Loopback,
  type Misbehaviour,
  RecordingLogger,
  readSource,
  type SourceReading,
  selfSignedCertificate,
  startFakeMisp,
  testServices,
} from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import plugin from './index.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');
const CANARY = 'CanaryKeyThatNobodyMaySee0123456789abcdef';
const servers: Loopback[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(options: Partial<FakeMispOptions> = {}): Promise<FakeMisp> {
  const server = await startFakeMisp({ attributes: attributes(3), ...options });
  servers.push(server);
  return server;
}

function read(
  { url }: Pick<FakeMisp, 'url'>,
  options: Record<string, unknown> = {},
  services: StageServices = testServices(),
  signal?: AbortSignal,
): Promise<SourceReading> {
  const parsed = plugin.options.parse({ url, key: CANARY, retryDelay: 0.001, ...options });
  return readSource(plugin.create(parsed, services), signal);
}

async function failureOf(reading: Promise<unknown>) {
  const error: unknown = await reading.catch((thrown: unknown) => thrown);
  if (!isPipelineError(error)) throw new Error(`no PipelineError but ${inspect(error)}`);
  return error;
}

/** Attributes as attributes/restSearch answers them with context. */
function attributes(count: number, fields: Record<string, unknown> = {}) {
  return Array.from({ length: count }, (_, i) => ({
    id: String(i + 1),
    uuid: `22222222-2222-4222-8222-${String(i).padStart(12, '0')}`,
    type: 'domain',
    category: 'Network activity',
    value: `host${i}.example.net`,
    to_ids: true,
    timestamp: '1763971200',
    comment: '',
    Event: {
      id: '12',
      uuid: '11111111-1111-4111-8111-111111111111',
      info: 'Phishing wave',
      date: '2026-11-20',
      published: true,
      threat_level_id: '2',
      Orgc: { name: 'Example CERT' },
    },
    Tag: [{ name: 'tlp:green', inherited: 1 }],
    ...fields,
  }));
}

describe('source misp', () => {
  it('hands on each attribute with its event and a link to it', async () => {
    const server = await serve();
    const { indicators, read: records, problems } = await read({ url: `${server.url}/misp` });
    expect(indicators.map(({ value }) => value)).toEqual([
      'host0.example.net',
      'host1.example.net',
      'host2.example.net',
    ]);
    expect(records).toBe(3);
    expect(problems).toEqual([]);
    expect(indicators[0]).toMatchObject({ kind: 'domain', tlp: 'green', severity: 'medium' });
    expect(indicators[0]?.origins[0]).toMatchObject({
      source: 'test',
      event: { title: 'Phishing wave', org: 'Example CERT', link: `${server.url}/misp/events/view/12` },
    });
  });

  it('asks for the version first, and reads pages to the end', async () => {
    const server = await serve({ attributes: attributes(2500) });
    const { indicators, batches } = await read(server, { pageSize: 1000 });
    expect(indicators).toHaveLength(2500);
    expect(batches.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(server.requests[0]?.path).toBe('/servers/getVersion');
    expect(server.requests.flatMap(({ body }) => body.page ?? [])).toEqual([1, 2, 3, 4]);
  });

  it('checks again what it asked for, since a server may ignore it', async () => {
    const [plain, unmarked, draft, other] = attributes(4);
    const server = await serve({
      attributes: [
        plain,
        { ...unmarked, to_ids: false },
        {
          ...draft,
          Event: { ...draft?.Event, id: '13', uuid: '33333333-3333-4333-8333-333333333333', published: false },
        },
        { ...other, type: 'hostname' },
      ].filter((attribute) => attribute !== undefined),
    });
    const { indicators, rejected } = await read(server, { types: ['domain'] });
    expect(indicators).toHaveLength(1);
    expect(rejected.map(({ reason }) => reason)).toEqual(['skipped:to_ids', 'skipped:unpublished', 'skipped:type']);
  });

  it('takes an attribute once that comes twice', async () => {
    const server = await serve({ attributes: [...attributes(3), ...attributes(2)] });
    expect((await read(server)).read).toBe(3);
  });

  it('publishes nothing of a server that has nothing, without a complaint', async () => {
    const { batches, problems } = await read(await serve({ attributes: [] }));
    expect(batches).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('stops between two batches when it is aborted', async () => {
    const controller = new AbortController();
    const { url } = await serve({ attributes: attributes(2500) });
    const source = plugin.create(plugin.options.parse({ url, key: 'k' }), testServices());
    let batches = 0;
    const reading = readSource(source, controller.signal, () => {
      batches++;
      controller.abort();
      return undefined;
    });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(batches).toBe(1);
  });

  it('repeats the last complete run without the server', async () => {
    const services = testServices();
    const server = await serve({
      attributes: attributes(150),
      skip: (attribute) => 'id' in attribute && attribute.id === '7',
    });
    const first = await read(server, { pageSize: 100 }, services);
    server.attributes = [];
    const asked = server.requests.length;
    const again = await read(server, { pageSize: 100 }, { ...services, replay: true });
    expect(again.indicators).toEqual(first.indicators);
    expect(again.indicators).toHaveLength(149);
    expect(server.requests).toHaveLength(asked);
  });

  it('keeps what it can repeat when a later run fails in the middle', async () => {
    const services = testServices();
    let fails = false;
    const server = await serve({
      attributes: attributes(150),
      misbehave: ({ body }) => (fails && body.page === 2 ? 'redirect' : undefined),
    });
    const first = await read(server, { pageSize: 100 }, services);
    fails = true;
    await failureOf(read(server, { pageSize: 100 }, { ...services, full: true }));
    const again = await read(server, { pageSize: 100 }, { ...services, replay: true });
    expect(again.indicators).toEqual(first.indicators);
  });

  it('says so when there is nothing to repeat', async () => {
    const error = await failureOf(read(await serve(), {}, { ...testServices(), replay: true }));
    expect(error).toMatchObject({ code: 'SOURCE_UNREACHABLE', message: expect.stringContaining('nothing to repeat') });
  });
});

describe('source misp in trouble', () => {
  const first = (how: Misbehaviour) => ({ misbehave: (_: unknown, number: number) => (number < 3 ? how : undefined) });

  it.each(['rate-limit', 'error', 'reset'] as const)('survives a %s', async (how) => {
    expect((await read(await serve(first(how)))).indicators).toHaveLength(3);
  });

  it('survives an answer that was cut short', async () => {
    const server = await serve({ misbehave: (_, number) => (number === 2 ? 'truncated' : undefined) });
    expect((await read(server)).indicators).toHaveLength(3);
  });

  it('ends with the words of the server when the key is refused', async () => {
    const error = await failureOf(read(await serve({ misbehave: () => 'forbidden' })));
    expect(error.code).toBe('SOURCE_REFUSED');
    expect(error.message).toContain('answered 403: The key "***" is no good.');
  });

  it('ends when the server is in maintenance, and says that this is what a redirect means', async () => {
    const server = await serve({ misbehave: ({ path }) => (path === '/servers/getVersion' ? undefined : 'redirect') });
    const error = await failureOf(read(server));
    expect(error.code).toBe('SOURCE_UNREACHABLE');
    expect(error.message).toContain('redirects to `/users/login`');
    expect(error.message).toContain('maintenance');
  });

  it.each(['error', 'truncated', 'reset'] as const)('ends when there is nothing but %s', async (how) => {
    const server = await serve({ misbehave: ({ path }) => (path.endsWith('/restSearch') ? how : undefined) });
    const error = await failureOf(read(server, { retries: 1 }));
    expect(error.code).toBe('SOURCE_UNREACHABLE');
    expect(server.requests.at(-1)?.body.limit).toBeLessThan(5000);
  });

  it('ends when an answer is larger than allowed, after asking for smaller pages', async () => {
    const server = await serve({ attributes: attributes(150) });
    expect((await read(server, { maxBytes: 30_000, pageSize: 100 })).indicators).toHaveLength(150);
    const error = await failureOf(read(server, { maxBytes: 2000, pageSize: 100 }));
    expect(error).toMatchObject({ code: 'SOURCE_UNREACHABLE', message: expect.stringContaining('2000 bytes') });
  });

  it.each(['rate-limit', 'error', 'truncated', 'reset', 'redirect', 'forbidden'] as const)(
    'shows the key nowhere when there is a %s',
    async (how) => {
      const { logger, lines } = new RecordingLogger();
      const server = await serve({ misbehave: () => how });
      const error = await failureOf(read(server, { retries: 1 }, testServices({ logger })));
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(CANARY);
      expect(lines.join('\n')).not.toContain(CANARY);
    },
  );
});

describe.skipIf(!hasOpenssl())('source misp over TLS (needs openssl)', () => {
  it('refuses an unknown certificate before the key is sent, and says what to do', async () => {
    const server = await serve({ tls: selfSignedCertificate() });
    const error = await failureOf(read(server));
    expect(error.code).toBe('SOURCE_UNREACHABLE');
    expect(error.message).toContain('name its certificate authority in `ca`');
    expect(server.requests).toEqual([]);
  });

  it('accepts the certificate of an authority of ones own', async () => {
    const tls = selfSignedCertificate();
    const ca = join(mkdtempSync(join(tmpdir(), 'misp-pipeline-')), 'ca.pem');
    writeFileSync(ca, tls.cert);
    expect((await read(await serve({ tls }), { ca })).indicators).toHaveLength(3);
  });

  it('accepts any certificate when told so, but warns', async () => {
    const { logger, lines } = new RecordingLogger();
    const server = await serve({ tls: selfSignedCertificate() });
    expect((await read(server, { verifyTls: false }, testServices({ logger }))).indicators).toHaveLength(3);
    expect(lines.join('\n')).toMatch(/^warn `verifyTls` is off/);
  });
});

describe.skipIf(!existsSync(recordings))('source misp with recorded attributes (needs the data folder)', () => {
  const recorded = readRecorded();

  it('reads the same in pages of any size', async () => {
    const server = await serve({ attributes: recorded });
    const small = await read(server, { pageSize: 100 });
    const large = await read(server);
    expect(small.indicators).toEqual(large.indicators);
    expect(small.read).toBe(175);
    expect(small.indicators.length).toBeGreaterThan(100);
    expect(new Set(small.indicators.map(({ tlp }) => tlp)).size).toBeGreaterThan(4);
  });
});

function readRecorded(): object[] {
  if (!existsSync(recordings)) return [];
  const pages = readdirSync(recordings).filter((name) => name.startsWith('page50-full-p'));
  return pages.sort().flatMap((name) => {
    const { response } = JSON.parse(readFileSync(join(recordings, name), 'utf8'));
    return JSON.parse(response.body).response.Attribute;
  });
}

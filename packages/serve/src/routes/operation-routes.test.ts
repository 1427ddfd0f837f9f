import Fastify from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aKnownDomain } from '../../testing/make-known.ts';
import { MemoryIndex } from '../../testing/memory-index.ts';
import { aToken, startService, type TestService } from '../../testing/service.ts';
import type { ServeOptions } from '../options.ts';

let index: MemoryIndex;
let service: TestService;

async function start(options: Partial<ServeOptions> = {}): Promise<void> {
  index = new MemoryIndex([aKnownDomain('evil.example')]);
  service = await startService(index, options);
}

afterEach(() => service.close());

async function get(path: string): Promise<string> {
  return (await fetch(`${service.url}${path}`)).text();
}

describe('probes', () => {
  it('are ready while the snapshot is fresh', async () => {
    await start({ maxAge: '2h' });
    expect(await get('/livez')).toBe('alive\n');
    expect(await get('/readyz')).toBe('ready\n');
    index.built = '2026-11-23T00:00:00Z';
    expect(JSON.parse(await get('/readyz'))).toMatchObject({
      status: 503,
      detail: 'the snapshot was built at 2026-11-23T00:00:00Z, more than 2h ago',
    });
  });

  it('stay alive, but are not ready, when the index cannot be asked', async () => {
    await start();
    index.fault = new Error('disk of stone');
    expect(await get('/livez')).toBe('alive\n');
    expect(JSON.parse(await get('/readyz'))).toMatchObject({ status: 503, detail: 'the index cannot be asked' });
  });

  it('answer HEAD as they answer GET, also whoever has no token', async () => {
    await start({ tokens: { siem: aToken('siem') }, maxAge: '2h' });
    const statusOf = async (path: string) => (await fetch(`${service.url}${path}`, { method: 'HEAD' })).status;
    expect([await statusOf('/livez'), await statusOf('/readyz')]).toEqual([200, 200]);
    index.built = '2026-11-23T00:00:00Z';
    expect([await statusOf('/livez'), await statusOf('/readyz')]).toEqual([200, 503]);
    expect(await statusOf('/metrics')).toBe(401);
  });

  it('are not limited in their rate', async () => {
    await start({ rate: 1 });
    for (let i = 0; i < 5; i++) expect(await get('/livez')).toBe('alive\n');
  });
});

it('logs which snapshot answers, and leaves naming the pipeline to the logger', async () => {
  await start();
  await get('/readyz');
  const [line] = service.log.filter((text) => text.endsWith('another snapshot answers'));
  expect(line).toMatch(/snapshot: '.+',\s+built: '2026-11-24T00:00:00Z',\s+release: \d+,\s+indicators: 1\s/);
  expect(line).not.toContain('pipeline');
});

describe('a method that a route does not have', () => {
  it.each([
    ['DELETE', '/lookup?value=a', 'GET, HEAD, POST'],
    ['PUT', '/livez', 'GET, HEAD'],
    ['POST', '/metrics', 'GET, HEAD'],
  ])('is refused with those that it has: %s %s', async (method, path, allowed) => {
    await start();
    const answer = await fetch(`${service.url}${path}`, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed]);
    expect(await answer.json()).toMatchObject({ detail: 'the route has no such method' });
  });

  it('is told of no path that is no route', async () => {
    await start();
    const answer = await fetch(`${service.url}/constructor`, { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([404, null]);
  });
});

describe('GET /metrics', () => {
  it('counts requests, look-ups and snapshots', async () => {
    await start();
    await get('/lookup?value=evil.example');
    await get('/lookup?value=good.example');
    await get('/lookup');
    await get('/no/such%0aroute');
    index.built = '2026-11-24T00:30:00Z';
    await vi.waitFor(async () => {
      const metrics = await get('/metrics');
      for (const line of [
        'requests_total{route="/lookup",code="200"} 2',
        'requests_total{route="/lookup",code="400"} 1',
        'requests_total{route="none",code="404"} 1',
        'request_duration_seconds_count{route="/lookup"} 3',
        'lookups_total{verdict="live"} 1',
        'lookups_total{verdict="absent"} 1',
        'snapshot_age_seconds 1800',
        'snapshot_indicators 1',
        'snapshot_reloads_total 1',
      ]) {
        expect(metrics).toContain(`misp_pipeline_serve_${line}\n`);
      }
    });
  });
});

/** What the test reads of an OpenAPI document. */
interface Content {
  readonly content: Readonly<Record<string, { readonly schema: object }>>;
}
interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Record<string, Content> }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

describe('GET /openapi.json', () => {
  /** Why a document is not what the OpenAPI document says of the answer of a route; undefined when it is. */
  async function fault(path: string, method: string, code: string, type: string, document: unknown): Promise<unknown> {
    const { paths, components } = JSON.parse(await get('/openapi.json')) as OpenApi;
    const schema = paths[path]?.[method]?.responses[code]?.content[type]?.schema;
    const validator = Fastify({
      ajv: { customOptions: { strict: false, removeAdditional: false, coerceTypes: false } },
    });
    validator.post('/', { schema: { body: { ...schema, components } } }, () => 'valid');
    const answer = await validator.inject({ method: 'POST', url: '/', payload: document as object });
    return answer.body === 'valid' ? undefined : answer.json();
  }

  it('lists every route', async () => {
    await start();
    const { openapi, paths } = JSON.parse(await get('/openapi.json')) as OpenApi;
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toEqual(['/lookup', '/livez', '/readyz', '/metrics']);
    expect(Object.keys(paths['/lookup'] ?? {})).toEqual(['get', 'post']);
  });

  it('describes the answers as they are', async () => {
    await start();
    const answer = JSON.parse(await get('/lookup?value=www.evil.example'));
    expect(await fault('/lookup', 'get', '200', 'application/json', answer)).toBeUndefined();
    const bulk = await fetch(`${service.url}/lookup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"values": ["evil.example", "none"]}',
    });
    expect(await fault('/lookup', 'post', '200', 'application/json', await bulk.json())).toBeUndefined();
    const problem = JSON.parse(await get('/lookup'));
    expect(await fault('/lookup', 'get', '4XX', 'application/problem+json', problem)).toBeUndefined();
    const lines = await fetch(`${service.url}/lookup`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: '{}\nevil.example',
    });
    for (const line of (await lines.text()).trimEnd().split('\n'))
      expect(await fault('/lookup', 'post', '200', 'application/x-ndjson', JSON.parse(line))).toBeUndefined();
  });

  it('refuses an answer with more than it describes', async () => {
    await start();
    const answer = { ...JSON.parse(await get('/lookup?value=evil.example')), more: true };
    expect(await fault('/lookup', 'get', '200', 'application/json', answer)).toMatchObject({
      code: 'FST_ERR_VALIDATION',
    });
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret } from '@misp-pipeline/core';
import { HttpError, MispClient } from '@misp-pipeline/misp';
import { type Loopback, RecordingLogger, startLoopback } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { RefusedSighting, SightingApi } from './sighting-api.ts';

const KEY = 'k'.repeat(40);
const REPORT = { attribute: '22172085-1e64-5dd4-a2d2-e8f4dff2634c', timestamp: 1_795_480_000, source: 'lab 0123' };
const { signal } = new AbortController();

let server: Loopback | undefined;
let asked: string[] = [];

afterEach(async () => {
  await server?.close();
  asked = [];
});

/** The API of a server that answers everything with one answer. */
async function apiOf(status: number, body: string): Promise<SightingApi> {
  server = await startLoopback((request, response) => {
    asked.push(`${request.path} ${request.body}`);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  const { logger } = new RecordingLogger();
  const patience = { timeout: 30, retries: 0, retryDelay: 0.001, maxBytes: 1 << 20 };
  return new SightingApi(
    new MispClient({ url: server.url, key: new Secret(KEY), verifyTls: true, logger, ...patience }),
    signal,
  );
}

/** What came of storing a sighting. */
async function outcomeOf(status: number, body: string): Promise<string> {
  const api = await apiOf(status, body);
  return api.add(REPORT).then(
    () => 'stored',
    (error: unknown) => {
      if (error instanceof RefusedSighting) return `refused: ${error.message}`;
      return error instanceof HttpError ? error.kind : 'unexpected error';
    },
  );
}

describe('storing a sighting', () => {
  it('names the attribute in the path, and sends the type as a string', async () => {
    expect(await outcomeOf(200, '{"Sighting":{"id":"1"}}')).toBe('stored');
    expect(asked).toEqual([
      `/sightings/add/${REPORT.attribute} {"type":"0","source":"lab 0123","timestamp":1795480000}`,
    ]);
  });

  it('is not sent again by itself', async () => {
    expect(await outcomeOf(500, '{}')).toBe('failed');
    expect(asked).toHaveLength(1);
  });

  it('is in doubt after an answer that says nothing', async () => {
    expect(await outcomeOf(200, '[]')).toBe('invalid');
  });
});

describe('asking for a sighting', () => {
  const answer = (...sources: readonly string[]) =>
    JSON.stringify({ response: sources.map((source) => ({ Sighting: { source } })) });

  it('believes only the very source, whatever else the server answers', async () => {
    expect(await (await apiOf(200, answer('lab', 'lab 01234'))).has(REPORT)).toBe(false);
    await server?.close();
    expect(await (await apiOf(200, answer('x', 'lab 0123'))).has(REPORT)).toBe(true);
  });

  it('takes no answer of another form for a no', async () => {
    await expect((await apiOf(200, '{"message":"x"}')).has(REPORT)).rejects.toThrow('no list of sightings');
  });
});

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings', 'recordings');

describe.skipIf(!existsSync(recordings))('recorded answers (need the data folder)', () => {
  const recorded = (name: string): { status: number; body: string } =>
    JSON.parse(readFileSync(join(recordings, `${name}.json`), 'utf8')).response;

  it.each([
    ['sightings-add-uuid', 'stored'],
    ['sightings-add-unknown-id', 'refused: No valid attributes found that match the criteria.'],
    ['sightings-add-empty', 'refused: No valid attributes found.'],
    ['sightings-add-bad-type', 'refused: Invalid type, please change it before you POST 1000000 sightings.'],
    ['role-readonly-sighting-add', 'refused'],
    ['rate-limit-3', 'busy'],
  ])('%s is %s', async (name, outcome) => {
    const { status, body } = recorded(name);
    expect(await outcomeOf(status, body)).toBe(outcome);
  });

  it('tell whether a source is there', async () => {
    const { status, body } = recorded('sightings-restsearch-last');
    const api = await apiOf(status, body);
    expect(await api.has({ ...REPORT, source: 'nsm-alpha' })).toBe(true);
    expect(await api.has(REPORT)).toBe(false);
  });
});

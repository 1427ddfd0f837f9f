import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret } from '@misp-pipeline/core';
import { type Loopback, RecordingLogger, startLoopback, startReplayServer } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchEventIndex } from './event-index.ts';
import { MispClient } from './misp-client.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');
const { signal } = new AbortController();
const ENTRY = { id: '1', uuid: 'e', timestamp: '1795487582', published: true };

let server: Loopback;
afterEach(() => server.close());

const index = (filter = {}) =>
  fetchEventIndex(
    new MispClient({
      url: server.url,
      key: new Secret('k'),
      verifyTls: true,
      timeout: 5,
      retries: 0,
      retryDelay: 0.01,
      maxBytes: 1_000_000,
      logger: new RecordingLogger().logger,
    }),
    filter,
    signal,
  );

async function serve(document: unknown, headers: Record<string, string> = {}): Promise<void> {
  server = await startLoopback((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(document));
  });
}

describe('fetchEventIndex', () => {
  it('reads numbers that are written as numbers or as text, and the time of the server', async () => {
    await serve([ENTRY, { ...ENTRY, id: 2, timestamp: 1_795_487_583, published: '0' }], {
      date: 'Tue, 24 Nov 2026 02:52:38 GMT',
    });
    expect(await index()).toEqual({
      events: new Map([
        [1, { id: 1, uuid: 'e', timestamp: 1_795_487_582, published: true }],
        [2, { id: 2, uuid: 'e', timestamp: 1_795_487_583, published: false }],
      ]),
      takenAt: Date.UTC(2026, 10, 24, 2, 52, 38) / 1000,
    });
  });

  it.each<[string, unknown, Record<string, string>?]>([
    ['fewer events than were counted', [ENTRY], { 'x-result-count': '2' }],
    ['no list', { message: 'hello' }],
    ['an event without a number', [{ ...ENTRY, id: 'x' }]],
    ['an event without a timestamp', [{ ...ENTRY, timestamp: null }]],
  ])('refuses %s', async (_what, document, headers) => {
    await serve(document, headers);
    await expect(index()).rejects.toMatchObject({ name: 'HttpError', kind: 'unexpected' });
  });

  it.skipIf(!existsSync(recordings))('reads what a server answered (needs the data folder)', async () => {
    server = await startReplayServer(recordings, ['events-index-minimal']);
    const { response } = JSON.parse(readFileSync(join(recordings, 'events-index-minimal.json'), 'utf8'));
    const { events } = await index({ published: 1 });
    expect([...events.keys()].map(String)).toEqual(JSON.parse(response.body).map(({ id }: { id: string }) => id));
  });
});

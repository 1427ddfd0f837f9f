import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { isPipelineError, type StageServices } from '@misp-pipeline/core';
import {
  hasOpenssl,
  type Loopback,
  RecordingLogger,
  readSource,
  type SourceReading,
  selfSignedCertificate,
  startLoopback,
  type TlsFiles,
  testServices,
} from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventText, manifestText, sha256Of, uuidOf } from '../testing/event.ts';
import plugin from './index.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const CANARY = 'CanaryTokenThatNobodyMaySee0123456789abcd';

type Answer = string | number | ((response: ServerResponse) => void);

/** A web server with a feed under /feed/. */
class FeedServer {
  /** What stands under which name; a number is a status, what is not there is 404. */
  readonly files = new Map<string, Answer>();
  readonly asked: string[] = [];
  #server: Loopback | undefined;

  async start(tls?: TlsFiles): Promise<void> {
    this.#server = await startLoopback(({ path }, response) => {
      const name = path.replace('/feed/', '');
      this.asked.push(name);
      const answer = this.files.get(name) ?? 404;
      if (typeof answer === 'function') answer(response);
      else if (typeof answer === 'number') response.writeHead(answer).end();
      else response.end(answer);
    }, tls);
  }

  get url(): string {
    return `${this.#server?.url}/feed`;
  }

  /** Names asked for since the last call, sorted. */
  takeAsked(): string[] {
    return this.asked.splice(0).sort();
  }

  publish(timestamps: Readonly<Record<number, number>>): void {
    this.files.set('manifest.json', manifestText(timestamps));
    for (const [n, timestamp] of Object.entries(timestamps)) {
      this.files.set(fileOf(Number(n)), eventText(Number(n), { word: `v${timestamp}-` }));
    }
  }

  async stop(): Promise<void> {
    await this.#server?.close();
  }
}

let server: FeedServer;
let services: StageServices;

beforeEach(async () => {
  server = new FeedServer();
  await server.start();
  services = testServices();
});
afterEach(() => server.stop());

const fileOf = (n: number) => `${uuidOf(n)}.json`;

function read(options: Record<string, unknown> = {}, own = services, signal?: AbortSignal): Promise<SourceReading> {
  const parsed = plugin.options.parse({ url: server.url, retryDelay: 0.001, ...options });
  return readSource(plugin.create(parsed, own), signal);
}

async function failureOf(reading: Promise<unknown>) {
  const error: unknown = await reading.catch((thrown: unknown) => thrown);
  if (!isPipelineError(error)) throw new Error(`no PipelineError but ${inspect(error)}`);
  return error;
}

const valuesOf = ({ indicators }: SourceReading) => indicators.map(({ value }) => value);
const messagesOf = ({ problems }: SourceReading) => problems.map(({ message }) => message);

/** Names of the files in the mirror. */
function mirrored(): string[] {
  return readdirSync(services.stateDir)
    .flatMap((feed) => readdirSync(join(services.stateDir, feed, 'events')))
    .sort();
}

describe('source misp-feed over HTTP', () => {
  it('reads all events, in the order of their UUIDs', async () => {
    server.publish({ 3: 10, 1: 10, 2: 10 });
    const reading = await read();
    expect(valuesOf(reading)).toEqual(['v10-1-0.example.net', 'v10-2-0.example.net', 'v10-3-0.example.net']);
    expect(reading.problems).toEqual([]);
  });

  it.each(['', '/', '/manifest.json'])('finds the feed by an address that ends in `%s`', async (end) => {
    server.publish({ 1: 10 });
    expect(valuesOf(await read({ url: `${server.url}${end}` }))).toEqual(['v10-1-0.example.net']);
  });

  it('fetches only what changed since the last run, and withdraws what is no longer listed', async () => {
    server.publish({ 1: 10, 2: 10, 3: 10 });
    await read();
    expect(server.takeAsked()).toEqual([fileOf(1), fileOf(2), fileOf(3), 'manifest.json']);
    await read();
    expect(server.takeAsked()).toEqual(['manifest.json']);
    server.publish({ 1: 10, 2: 11, 4: 10 });
    expect(valuesOf(await read())).toEqual(['v10-1-0.example.net', 'v11-2-0.example.net', 'v10-4-0.example.net']);
    expect(server.takeAsked()).toEqual([fileOf(2), fileOf(4), 'manifest.json']);
    expect(mirrored()).toEqual([`${uuidOf(1)}.10.json`, `${uuidOf(2)}.11.json`, `${uuidOf(4)}.10.json`]);
  });

  it('fetches an event each time when the manifest says nothing of its version', async () => {
    server.publish({ 1: 10 });
    server.files.set('manifest.json', JSON.stringify([{ uuid: uuidOf(1), filename: `x/${fileOf(1)}` }]));
    await read();
    await read();
    expect(server.takeAsked()).toEqual([fileOf(1), fileOf(1), 'manifest.json', 'manifest.json']);
  });

  it('fetches no more events at once than allowed', async () => {
    server.publish(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i, 10])));
    let open = 0;
    let most = 0;
    for (let i = 0; i < 20; i++) {
      server.files.set(fileOf(i), (response) => {
        most = Math.max(most, ++open);
        setTimeout(() => {
          open--;
          response.end(eventText(i));
        }, 5);
      });
    }
    expect((await read({ concurrency: 3 })).indicators).toHaveLength(20);
    expect(most).toBe(3);
  });

  it('reads compressed files', async () => {
    server.files.set('manifest.json', manifestText({ 1: 10 }));
    server.files.set(fileOf(1), (response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(eventText(1))),
    );
    expect(valuesOf(await read())).toEqual(['evil1-0.example.net']);
  });

  it('sends the configured headers, and shows their values nowhere', async () => {
    const { logger, lines } = new RecordingLogger();
    let seen: unknown;
    server.publish({ 1: 10 });
    server.files.set(fileOf(1), (response) => {
      seen = response.req.headers['x-token'];
      response.writeHead(500).end();
    });
    const error = await failureOf(read({ headers: { 'X-Token': CANARY }, retries: 1 }, { ...services, logger }));
    expect(seen).toBe(CANARY);
    expect(lines.length).toBeGreaterThan(0);
    expect(inspect([error, lines], { depth: 20, showHidden: true })).not.toContain(CANARY);
  });

  it('keeps what it fetched when it is interrupted, and goes on from there', async () => {
    server.publish({ 1: 10, 2: 10, 3: 10 });
    const controller = new AbortController();
    server.files.set(fileOf(3), () => controller.abort());
    await expect(read({ concurrency: 1 }, services, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
    server.takeAsked();
    server.publish({ 1: 10, 2: 10, 3: 10 });
    expect((await read()).indicators).toHaveLength(3);
    expect(server.takeAsked()).toEqual([fileOf(3), 'manifest.json']);
  });

  it('repeats a run from the mirror without a request', async () => {
    server.publish({ 1: 10, 2: 10 });
    const first = await read();
    server.takeAsked();
    const again = await read({}, { ...services, replay: true });
    expect(again.indicators).toEqual(first.indicators);
    expect(server.takeAsked()).toEqual([]);
    expect((await failureOf(read({}, { ...testServices(), replay: true }))).code).toBe('SOURCE_UNREACHABLE');
  });
});

describe('source misp-feed, of what it withdraws', () => {
  const reasons = ({ withdrawn }: SourceReading) => withdrawn.map(({ reason, value }) => `${reason} ${value}`);

  it('says that an event is not listed any more', async () => {
    server.publish({ 1: 10, 2: 10 });
    expect((await read()).withdrawn).toEqual([]);
    server.publish({ 2: 10 });
    expect((await read()).withdrawn).toEqual([
      {
        reason: 'withdrawn:event',
        value: 'v10-1-0.example.net',
        place: `event ${uuidOf(1)} attribute 22222222-2222-4222-0000-000000000001`,
      },
    ]);
    expect((await read()).withdrawn).toEqual([]);
  });

  it('says which attributes an event has lost or changed, and nothing of what it keeps', async () => {
    server.publish({ 1: 10 });
    server.files.set(fileOf(1), eventText(1, { domains: 3 }));
    await read();
    server.files.set('manifest.json', manifestText({ 1: 11 }));
    server.files.set(fileOf(1), eventText(1, { domains: 2 }));
    expect(reasons(await read())).toEqual(['withdrawn:deleted evil1-2.example.net']);
    server.files.set('manifest.json', manifestText({ 1: 12 }));
    server.files.set(fileOf(1), eventText(1, { word: 'good' }));
    expect(reasons(await read())).toEqual([
      'withdrawn:edited evil1-0.example.net',
      'withdrawn:deleted evil1-1.example.net',
    ]);
  });

  it('leaves to their own reasons what is still there, but not taken any more', async () => {
    server.publish({ 1: 10 });
    await read();
    server.publish({ 1: 11 });
    server.files.set(fileOf(1), eventText(1, { word: 'v10-' }).replace('"to_ids":true', '"to_ids":false'));
    const { rejected, withdrawn } = await read();
    expect(rejected.map(({ reason }) => reason)).toEqual(['skipped:to_ids']);
    expect(withdrawn).toEqual([]);
  });

  it('says nothing of what it never handed on', async () => {
    server.publish({ 1: 10, 2: 10 });
    await read({ types: ['md5'] });
    server.publish({ 2: 10 });
    expect((await read({ types: ['md5'] })).withdrawn).toEqual([]);
  });
});

describe('source misp-feed, of the age of its data', () => {
  const at = (hour: number) => ({ ...services, now: new Date(Date.UTC(2026, 10, 24, hour)) });

  it('is confirmed by every run that gets the manifest', async () => {
    server.publish({ 1: 10 });
    for (const hour of [1, 2]) expect((await read({}, at(hour))).asOf).toEqual(at(hour).now);
  });

  it('is as old as the last manifest when the mirror stands in', async () => {
    server.publish({ 1: 10 });
    await read({}, at(1));
    server.files.set('manifest.json', 500);
    for (const hour of [2, 3]) expect((await read({ retries: 0 }, at(hour))).asOf).toEqual(at(1).now);
    expect((await read({}, { ...at(4), replay: true })).asOf).toEqual(at(1).now);
  });
});

describe('source misp-feed when events cannot be had', () => {
  it('reports a missing event, and uses the rest', async () => {
    server.publish({ 1: 10, 2: 10 });
    server.files.delete(fileOf(1));
    const reading = await read();
    expect(valuesOf(reading)).toEqual(['v10-2-0.example.net']);
    expect(messagesOf(reading)).toEqual([`\`${server.url}/${fileOf(1)}\` answered 404; it is left out`]);
  });

  it.each([
    ['cut short', '{"Event": {"uuid'],
    ['a web page', '<html>Login</html>'],
    ['another event', eventText(7)],
    ['JSON without an event', '{"error": "maintenance"}'],
    ['a redirect', 302],
    ['an error', 500],
  ])('uses the last copy of an event instead of %s', async (_what, answer) => {
    server.publish({ 1: 10, 2: 10 });
    await read();
    server.publish({ 1: 10, 2: 11 });
    server.files.set(fileOf(2), answer);
    const reading = await read({ retries: 1 });
    expect(valuesOf(reading)).toEqual(['v10-1-0.example.net', 'v10-2-0.example.net']);
    expect(messagesOf(reading)).toEqual([expect.stringMatching(/; its last copy is used$/)]);
    server.publish({ 1: 10, 2: 11 });
    expect(valuesOf(await read())).toEqual(['v10-1-0.example.net', 'v11-2-0.example.net']);
  });

  it('takes an event with another digest than the manifest says for broken', async () => {
    server.publish({ 1: 10, 2: 10 });
    const sha256 = sha256Of(eventText(2, { word: 'v10-' }));
    const manifest = (digest: string) =>
      JSON.stringify({ [uuidOf(1)]: { timestamp: 10 }, [uuidOf(2)]: { timestamp: 10, 'integrity:sha256': digest } });
    server.files.set('manifest.json', manifest(sha256));
    expect((await read()).problems).toEqual([]);
    server.files.set('manifest.json', manifest(sha256Of('another')));
    const reading = await read();
    expect(messagesOf(reading)).toEqual([expect.stringMatching(/its SHA-256 is .*; its last copy is used$/)]);
    expect(reading.indicators).toHaveLength(2);
  });

  it('asks again after a failure that passes', async () => {
    server.publish({ 1: 10 });
    const answers: Answer[] = [503, eventText(1)];
    server.files.set(fileOf(1), (response) => {
      const answer = answers.shift();
      if (typeof answer === 'string') response.end(answer);
      else response.writeHead(503, { 'retry-after': '0' }).end();
    });
    expect(valuesOf(await read())).toEqual(['evil1-0.example.net']);
  });

  it('stops asking a server that fails again and again, and keeps what it has', async () => {
    const all = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i, 10]));
    server.publish(all);
    await read();
    server.takeAsked();
    server.publish(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i, 11])));
    for (let i = 0; i < 40; i++) server.files.set(fileOf(i), 500);
    const reading = await read({ retries: 0, concurrency: 1 });
    expect(server.takeAsked()).toHaveLength(9);
    expect(messagesOf(reading).at(-1)).toBe('gave up after 8 failures in a row; 32 further events were not asked for');
    expect(reading.indicators).toHaveLength(40);
  });

  it('publishes nothing when no event at all can be had', async () => {
    server.publish({ 1: 10, 2: 10 });
    server.files.set(fileOf(1), 404);
    server.files.set(fileOf(2), 404);
    expect((await failureOf(read())).code).toBe('SOURCE_INCOMPLETE');
  });

  it('publishes nothing when new events replace the old ones but most of them cannot be had', async () => {
    server.publish({ 1: 10, 2: 10, 3: 10, 4: 10 });
    await read();
    server.publish({ 5: 10, 6: 10, 7: 10, 8: 10 });
    for (const n of [6, 7, 8]) server.files.set(fileOf(n), 404);
    expect((await failureOf(read())).code).toBe('SOURCE_INCOMPLETE');
    expect(mirrored()).toHaveLength(5);
  });

  it('fails on a single missing event when told so', async () => {
    server.publish({ 1: 10, 2: 10 });
    server.files.delete(fileOf(1));
    expect((await failureOf(read({ incomplete: 'fail' }))).code).toBe('SOURCE_INCOMPLETE');
  });

  it('does not load an event beyond the size limit', async () => {
    server.publish({ 1: 10, 2: 10 });
    server.files.set(fileOf(1), eventText(1, { domains: 100 }));
    const reading = await read({ maxBytes: 2000 });
    expect(valuesOf(reading)).toEqual(['v10-2-0.example.net']);
    expect(messagesOf(reading)).toEqual([expect.stringContaining('has more than 2000 bytes')]);
  });

  it('forgets a copy that was damaged on disk, so that it is fetched again', async () => {
    server.publish({ 1: 10, 2: 10 });
    await read();
    const feed = readdirSync(services.stateDir)[0] ?? '';
    writeFileSync(join(services.stateDir, feed, 'events', `${uuidOf(1)}.10.json`), '');
    const reading = await read();
    expect(reading.problems).toHaveLength(1);
    expect(valuesOf(await read())).toEqual(['v10-1-0.example.net', 'v10-2-0.example.net']);
  });
});

describe('source misp-feed when the manifest cannot be had', () => {
  const broken: [string, Answer][] = [
    ['missing', 404],
    ['forbidden', 403],
    ['failing', 500],
    ['a web page', '<html>Login</html>'],
    ['an error in JSON', '{"error": "maintenance"}'],
    ['a redirect', (response) => response.writeHead(301, { location: 'http://127.0.0.1:9/manifest.json' }).end()],
    ['cut off', (response) => response.socket?.destroy()],
  ];

  it.each(broken)('uses the mirror when it is %s, and says so', async (_what, answer) => {
    server.publish({ 1: 10, 2: 10 });
    const first = await read();
    server.files.set('manifest.json', answer);
    const reading = await read({ retries: 1 });
    expect(reading.indicators).toEqual(first.indicators);
    expect(messagesOf(reading)).toEqual([expect.stringMatching(/; the events of the last run are used$/)]);
    expect((await failureOf(read({ retries: 1, unreachable: 'fail' }))).exitCode).toBeGreaterThan(3);
  });

  it.each(broken)('fails when it is %s and there is no mirror', async (_what, answer) => {
    server.files.set('manifest.json', answer);
    const { code } = await failureOf(read({ retries: 1 }));
    expect(code).toBe(answer === 403 ? 'SOURCE_REFUSED' : 'SOURCE_UNREACHABLE');
  });

  it('does not take an unfinished mirror for a mirror', async () => {
    server.publish({ 1: 10, 2: 10 });
    const controller = new AbortController();
    server.files.set(fileOf(2), () => controller.abort());
    await expect(read({ concurrency: 1 }, services, controller.signal)).rejects.toThrow();
    server.files.set('manifest.json', 500);
    expect((await failureOf(read({ retries: 0 }))).code).toBe('SOURCE_UNREACHABLE');
  });

  it('keeps feeds with different addresses apart', async () => {
    server.publish({ 1: 10 });
    await read();
    const error = await failureOf(read({ url: `${server.url}/../other`, retries: 0 }));
    expect(error.code).toBe('SOURCE_UNREACHABLE');
  });

  it('refuses a manifest that shrank, before anything is fetched or withdrawn', async () => {
    server.publish({ 1: 10, 2: 10, 3: 10, 4: 10 });
    await read();
    server.takeAsked();
    server.publish({ 5: 10 });
    const error = await failureOf(read());
    expect(error).toMatchObject({ code: 'SOURCE_INCOMPLETE', exitCode: 5 });
    expect(error.message).toContain(
      '1 events instead of 4 in the last run, and `maxShrink: 0.5` allows no fewer than 2',
    );
    expect(server.takeAsked()).toEqual(['manifest.json']);
    expect(mirrored()).toHaveLength(4);
    expect(valuesOf(await read({ maxShrink: 0.8 }))).toEqual(['v10-5-0.example.net']);
    server.files.set('manifest.json', '{}');
    expect((await failureOf(read())).code).toBe('SOURCE_INCOMPLETE');
    expect((await read({ maxShrink: 1 })).indicators).toEqual([]);
    expect(mirrored()).toEqual([]);
  });
});

describe.skipIf(!hasOpenssl())('source misp-feed over TLS (needs openssl)', () => {
  it('trusts the certificate of an authority of ones own only when it is told to', async () => {
    const tls = selfSignedCertificate();
    const ca = join(mkdtempSync(join(tmpdir(), 'misp-pipeline-')), 'ca.pem');
    writeFileSync(ca, tls.cert);
    await server.stop();
    await server.start(tls);
    server.publish({ 1: 10 });
    expect((await failureOf(read())).code).toBe('SOURCE_UNREACHABLE');
    expect((await read({ ca })).indicators).toHaveLength(1);
  });
});

describe.skipIf(!existsSync(data))('source misp-feed with published feeds over HTTP (needs the data folder)', () => {
  const offer = (path: string) => {
    server.files.clear();
    const dir = join(data, path);
    for (const name of readdirSync(dir)) server.files.set(name, readFileSync(join(dir, name), 'utf8'));
  };

  it('reads the same as from the folder', async () => {
    for (const path of ['feeds-from-server/misp', 'misp-feed/malvuln-nonstandard']) {
      offer(path);
      const own = testServices();
      const remote = await read({ toIds: false }, own);
      const local = await read({ toIds: false, url: join(data, path) }, own);
      expect(remote.problems).toEqual([]);
      expect(valuesOf(remote)).toEqual(valuesOf(local));
    }
  });

  it('fetches the events that changed in the 17 days between two states of a feed', async () => {
    offer('misp-feed/cyberdefense-blue-20260505');
    const before = await read();
    server.takeAsked();
    offer('misp-feed/cyberdefense-blue-20260522');
    const after = await read();
    expect(server.takeAsked()).toHaveLength(4);
    expect(after.indicators.length).toBeGreaterThan(before.indicators.length);
  });

  it('survives the broken feed', async () => {
    offer('feeds-from-server/misp-broken');
    const reading = await read({ retries: 1 });
    expect(reading.problems).toHaveLength(2);
    expect(reading.indicators.length).toBeGreaterThan(0);
  });
});

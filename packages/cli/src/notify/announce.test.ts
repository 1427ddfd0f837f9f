import type { PipelineConfig } from '@misp-pipeline/core';
import { type ReceivedRequest, RecordingLogger, startLoopback } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { anExporter, aRunReport, quarantining } from '../../testing/made-up-report.ts';
import { notifying, operated } from '../../testing/operated-config.ts';
import { OperationStore } from '../metrics/operation-store.ts';
import type { Outcome } from '../metrics/outcome.ts';
import { announce } from './announce.ts';

const SECRET = 'CanarySecret99';
const SUCCESS: Outcome = {
  result: 'success',
  report: aRunReport({ exporters: [anExporter({ check: quarantining(0) })] }),
};
const FAILURE: Outcome = {
  result: 'failure',
  failure: {
    ...{ code: 'SOURCE_UNREACHABLE', exitCode: 5, hint: 'Wait.' },
    message: `source cannot be read: key ${SECRET}\n\x1b[31m${'x'.repeat(5000)}`,
    guard: [{ id: 'empty:suricata', message: `empty ${SECRET}`, accepted: false }],
    unconfirmed: undefined,
  },
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A receiver that answers with these statuses, one after the other, and then with the last. */
async function receiver(...statuses: readonly number[]) {
  const requests: ReceivedRequest[] = [];
  const server = await startLoopback((request, response) => {
    const status = statuses[requests.length] ?? statuses.at(-1) ?? 200;
    requests.push(request);
    response.writeHead(status, { location: '/elsewhere' }).end('x'.repeat(100_000));
  });
  closing.push(() => server.close());
  return { requests, url: `${server.url.replace('//', `//user:p%40ss@`)}/hook/${SECRET}` };
}

async function tell(outcome: Outcome, url: string, notify: Parameters<typeof notifying>[1] = {}) {
  const config: PipelineConfig = operated({ notify: notifying(url, notify), secrets: [SECRET, url] });
  const { logger, lines } = new RecordingLogger();
  const store = new OperationStore(config.state);
  const { signal } = new AbortController();
  await announce(config, outcome, {
    store,
    logger,
    runId: 'run-1',
    now: new Date('2026-11-24T12:00:00Z'),
    signal,
    pauses: [0, 0],
  });
  return { lines, told: store.read().told };
}

describe('announce', () => {
  it('sends one bounded document without secrets, control characters or the name of a host', async () => {
    const { requests, url } = await receiver(200);
    const { lines } = await tell(FAILURE, url);
    expect(lines).toEqual([]);
    const [request] = requests;
    expect(request).toMatchObject({ method: 'POST', path: `/hook/${SECRET}` });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
    });
    const document = JSON.parse(String(request?.body));
    expect(document).toEqual({
      ...{ version: 1, runId: 'run-1', pipeline: 'test', event: 'failure', time: '2026-11-24T12:00:00.000Z' },
      ...{ code: 'SOURCE_UNREACHABLE', exitCode: 5, hint: 'Wait.' },
      message: expect.stringContaining('source cannot be read: key ***\n\\u{1b}[31mxxx'),
      guard: [{ id: 'empty:suricata', message: 'empty ***', accepted: false }],
    });
    expect(document.message.length).toBeLessThan(1010);
  });

  it('tells of a trouble once, and of its end', async () => {
    const { requests, url } = await receiver(200);
    for (const outcome of [SUCCESS, FAILURE, FAILURE, SUCCESS, SUCCESS]) await tell(outcome, url);
    const documents = requests.map(({ body }) => JSON.parse(String(body)));
    expect(documents.map(({ event }) => event)).toEqual(['failure', 'recovery']);
    expect(documents[1]).toMatchObject({
      exitCode: 0,
      message: expect.stringContaining('SOURCE_'),
    });
  });

  it('sends the headers of the config', async () => {
    const { requests, url } = await receiver(200);
    const { webhook } = notifying('header-value');
    await tell(FAILURE, url, { headers: { 'X-Token': webhook } });
    expect(requests[0]?.headers['x-token']).toBe('header-value');
  });

  it('tries again what may pass by waiting', async () => {
    const { requests, url } = await receiver(503, 429, 204);
    const { lines, told } = await tell(FAILURE, url);
    expect([requests.length, lines, told.trouble]).toEqual([3, [], 'failure SOURCE_UNREACHABLE']);
  });

  it.each([
    [[404], 1, 'HTTP 404'],
    [[302], 1, 'HTTP 302: redirects are not followed'],
    [[500], 3, 'HTTP 500'],
  ])('after %j gives up at attempt %d, logs no address, and tells next time', async (statuses, attempts, why) => {
    const { requests, url } = await receiver(...statuses);
    const { lines, told } = await tell(FAILURE, url);
    expect(requests.length).toBe(attempts);
    expect(told.trouble).toBeUndefined();
    expect(lines.join()).toContain(why);
    expect(lines.join()).not.toMatch(/Canary|127\.0\.0\.1|user/);
  });

  it.each([
    ['http://127.0.0.1:1/CanarySecret99', 'cannot be sent'],
    ['ftp://127.0.0.1/CanarySecret99', 'no http or https address'],
    ['http://a%zz:b@127.0.0.1/CanarySecret99', 'no http or https address'],
  ])('says what is wrong with %s, without the address', async (url, why) => {
    const { lines } = await tell(FAILURE, url);
    expect(lines.join()).toContain(why);
    expect(lines.join()).not.toMatch(/Canary|127\.0\.0\.1/);
  });

  it('names the kind of a failure of the network', async () => {
    const gone = await startLoopback(() => {});
    await gone.close();
    expect((await tell(FAILURE, gone.url)).lines.join()).toContain('ECONNREFUSED');
  });

  it('waits no longer for an answer than the config says', async () => {
    const silent = await startLoopback(() => {});
    closing.push(() => silent.close());
    const { lines } = await tell(FAILURE, silent.url, { timeout: 0.05 });
    expect(lines.join()).toContain('no answer in time');
  });

  it('keeps to itself what nobody wants to be told', async () => {
    const { requests, url } = await receiver(200);
    const { told } = await tell(FAILURE, url, { on: ['recovery'] });
    expect(told.trouble).toBe('failure SOURCE_UNREACHABLE');
    await tell(SUCCESS, url, { on: ['recovery'] });
    expect(requests.map(({ body }) => JSON.parse(String(body)).event)).toEqual(['recovery']);
  });
});

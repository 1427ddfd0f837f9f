import { connect } from 'node:net';
import { type FaultAt, systemClock } from '@misp-pipeline/core';
import { RecordingLogger } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { anExporter, aRunReport, aSource } from '../../testing/made-up-report.ts';
import type { PipelineStatus } from '../metrics/family.ts';
import { afterRun, NO_RUNS } from '../metrics/operation-state.ts';
import { type Endpoints, serveEndpoints } from './endpoints.ts';

const RUN = {
  runId: 'run-1',
  startedAt: new Date('2026-11-24T12:00:00Z'),
  finishedAt: new Date('2026-11-24T12:00:10Z'),
};
const NOW = new Date('2026-11-24T12:30:00Z');
const DAEMON = { nextRun: new Date('2026-11-24T12:35:00Z'), running: false, ready: true, staleSince: undefined };

const problem = { message: 'CanaryMessage', place: 'https://canary.example/' };
const report = aRunReport({ sources: [aSource({ problems: [problem] })], exporters: [anExporter()] });
const GOOD: PipelineStatus = {
  name: 'production',
  state: afterRun(NO_RUNS, { result: 'success', report }, RUN, (text) => text),
  daemon: DAEMON,
};

let endpoints: Endpoints;
const { logger, lines } = new RecordingLogger();
const faultAt: FaultAt = (path, message) => `c.yaml:7 ${path}: ${message}`;

async function serve(statuses: () => readonly PipelineStatus[]): Promise<void> {
  const address = { host: '127.0.0.1', port: 0, isPublic: false };
  endpoints = await serveEndpoints(address, { statuses, clock: { now: () => NOW }, logger, faultAt });
}

afterEach(() => endpoints.close());

describe('the endpoints', () => {
  it('serve metrics in the format of Prometheus', async () => {
    await serve(() => [GOOD]);
    const answer = await fetch(`${endpoints.url}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await answer.text()).toContain(
      'misp_pipeline_data_age_seconds{pipeline="production",source="cert"} 26869\n',
    );
  });

  it('say of the health of each pipeline what is known, and quote nothing', async () => {
    await serve(() => [GOOD]);
    const text = await (await fetch(`${endpoints.url}/health`)).text();
    expect(text.toLowerCase()).not.toContain('canary');
    expect(JSON.parse(text)).toEqual({
      status: 'ok',
      pipelines: [
        {
          ...{ name: 'production', status: 'ok', ready: true, running: false, nextRun: '2026-11-24T12:35:00.000Z' },
          lastRun: {
            runId: 'run-1',
            startedAt: RUN.startedAt.toISOString(),
            finishedAt: RUN.finishedAt.toISOString(),
            exitCode: 0,
          },
          lastSuccessAt: RUN.finishedAt.toISOString(),
          runs: { success: 1, failure: 0, guard: 0, skipped: 0 },
          sources: [{ id: 'cert', asOf: '2026-11-24T05:02:11.000Z', ageSeconds: 26_869, problems: 1 }],
          exporters: [
            {
              ...{ id: 'suricata', generation: 'f8d365177df1f265', exported: 1293 },
              ...{ quarantined: 1, reloadConfirmed: true },
            },
          ],
        },
      ],
    });
  });

  it.each([
    ['a config is stale', { ...GOOD, daemon: { ...DAEMON, staleSince: NOW } }],
    ['the last run is too old', { ...GOOD, daemon: { ...DAEMON, ready: false } }],
    ['nothing has run', { ...GOOD, state: NO_RUNS }],
  ])('call the health degraded when %s', async (_, status) => {
    await serve(() => [GOOD, status]);
    const health = await (await fetch(`${endpoints.url}/health`)).json();
    expect(health).toMatchObject({ status: 'degraded', pipelines: [{ status: 'ok' }, { status: 'degraded' }] });
  });

  it('are ready only when all pipelines are, and alive in any case', async () => {
    await serve(() => [GOOD, { ...GOOD, name: 'lab', daemon: { ...DAEMON, ready: false } }]);
    const answer = await fetch(`${endpoints.url}/readyz`);
    expect([answer.status, await answer.text()]).toEqual([503, 'not ready: lab\n']);
    expect((await fetch(`${endpoints.url}/livez`)).status).toBe(200);
  });

  it.each([
    ['GET', '/', 404],
    ['GET', '/metrics/', 404],
    ['GET', '/metrics?a=b', 404],
    ['GET', '/toString', 404],
    ['POST', '/metrics', 405],
    ['DELETE', '/health', 405],
    ['HEAD', '/metrics', 200],
  ])('answer %s %s with %d', async (method, path, status) => {
    await serve(() => [GOOD]);
    const answer = await fetch(endpoints.url + path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('allow')).toBe(status === 405 ? 'GET, HEAD' : null);
  });

  it('answer with 500, and log why, when the state cannot be read', async () => {
    await serve(() => {
      throw new Error('disk is gone');
    });
    expect((await fetch(`${endpoints.url}/metrics`)).status).toBe(500);
    expect(lines.join()).toContain('disk is gone');
  });

  it('refuse headers without end', async () => {
    await serve(() => [GOOD]);
    const socket = connect(Number(new URL(endpoints.url).port), '127.0.0.1');
    socket.write(`GET /metrics HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`);
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
  });

  it('cannot share an address, which is a fault of the config', async () => {
    await serve(() => []);
    const port = Number(new URL(endpoints.url).port);
    const again = serveEndpoints(
      { host: '127.0.0.1', port, isPublic: false },
      { statuses: () => [], clock: systemClock, logger, faultAt },
    );
    await expect(again).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/c\.yaml:7 metrics\.listen: nothing can be served: .*EADDRINUSE/),
    });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IndexBuilder } from '@misp-pipeline/lookup';
import { anIndicator, anOrigin, type Loopback, startLoopback } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runMain } from '../../testing/run-main.ts';

const ATTRIBUTE = '11111111-1111-4111-8111-111111111111';
const ALERT = JSON.stringify({
  ...{ timestamp: '2020-01-02T03:04:05.000000+0000', event_type: 'alert', src_ip: '10.1.2.3', dest_ip: '10.0.0.53' },
  alert: { signature_id: 7, signature: 'MISP domain evil.example' },
  dns: { query: [{ rrname: 'www.evil.example' }] },
});

let folder: string;
let server: Loopback;
let requests: string[] = [];
let status = 200;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sightings-command-'));
  requests = [];
  status = 200;
  server = await startLoopback(({ path, body }, response) => {
    requests.push(`${path} ${body}`);
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"Sighting":{"id":"1"}}');
  });
  writeFileSync(join(folder, 'eve.json'), `${ALERT}\n`);
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
  process.exitCode = 0;
});

async function buildIndex(): Promise<void> {
  const builder = new IndexBuilder(join(folder, 'state/index'), { name: 'test', filters: [], exporters: [] });
  const origins = [anOrigin({ source: 'cert', attribute: ATTRIBUTE })];
  builder.normalised('cert', anIndicator('domain', 'evil.example', { origins }));
  await builder.finish({ built: '', release: 1 }, new AbortController().signal);
}

/** Runs the command on the log, with a config whose one source is a MISP server. */
function run(...args: readonly string[]) {
  return runWith({ cert: { use: 'misp', with: { url: server.url, key: 'k'.repeat(40), retries: 0 } } }, ...args);
}

async function runWith(sources: object, ...args: readonly string[]) {
  const config = join(folder, 'misp-pipeline.config.json');
  const exporters = { suricata: { use: 'suricata', with: { dir: 'out', check: 'off' } } };
  writeFileSync(config, JSON.stringify({ state: 'state', sources, exporters }));
  return runMain('--config', config, 'sightings', ...args);
}

const log = () => join(folder, 'eve.json');
const OURS = ['--signature', 'MISP '] as const;

describe('sightings', () => {
  beforeEach(buildIndex);

  it('posts what the alerts of a log saw, once', async () => {
    const { code, stdout } = await run(log(), ...OURS, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ lines: 1, ours: 1, mapped: 1, posted: 1, requests: 1, waiting: 0 });
    expect(code).toBe(0);
    expect(requests[0]).toMatch(new RegExp(`^/sightings/add/${ATTRIBUTE} .*"source":"misp-pipeline [0-9a-f]{16}"`));
    expect(JSON.parse((await run(log(), ...OURS, '--json')).stdout)).toMatchObject({ lines: 0, posted: 0 });
  });

  it('posts and remembers nothing in a dry run', async () => {
    const { stdout } = await run(log(), ...OURS, '--dry-run');
    expect(stdout).toContain(`cert ${ATTRIBUTE} 2020-01-02T03:00:00.000Z "misp-pipeline `);
    expect(requests).toEqual([]);
    expect(JSON.parse((await run(log(), ...OURS, '--json')).stdout)).toMatchObject({ posted: 1 });
  });

  it('keeps everything, and says so, when the key may add no sightings', async () => {
    status = 403;
    const { code, stdout, stderr } = await run(log(), ...OURS, '--json');
    expect(code).toBe(4);
    expect(stderr).toContain('its sightings wait');
    expect(JSON.parse(stdout)).toMatchObject({ posted: 0, waiting: 1 });
  });

  it('refuses a log that is not there', async () => {
    const missing = await run('nosuch.json', ...OURS);
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no file `nosuch.json`') });
  });

  it.each([[[]], [['--to', 'nobody']]])('says what to write when the config has no server: %j', async (args) => {
    const { code, stderr } = await runWith({ list: { use: 'freetext', with: { url: 'list.txt' } } }, log(), ...args);
    expect(code).toBe(3);
    expect(stderr).toContain('Write one under sources, such as `cert: { use: misp, with:');
  });

  it('refuses a server that the config does not have, and a name that could say more than a name', async () => {
    const unknown = await run(log(), '--to', 'nobody');
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('Those that are: `cert`.') });
    expect(await run(log(), '--name', 'a\nb')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Write up to 60 letters'),
    });
  });
});

describe('sightings without an index', () => {
  it('says how to get one', async () => {
    expect(await run(log())).toMatchObject({ code: 3, stderr: expect.stringContaining('there is no index') });
  });
});

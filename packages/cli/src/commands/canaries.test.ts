import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeInstance, type FakeMisp, type Loopback, startFakeMisp, startLoopback } from '@misp-pipeline/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type MainOutput, runMain } from '../../testing/run-main.ts';

/** Stands in every secret of the config. */
const CANARY = 'CanaryThatNobodyMaySee99';

let folder: string;
let server: FakeMisp;
let receiver: Loopback;
let instance: FakeInstance;
/** Whether the server answers with the key of the request. */
let isIndiscreet = false;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
  instance = new FakeInstance(Math.floor(Date.now() / 1000) - 7200);
  add('first.example.net');
  server = await startFakeMisp({ instance, misbehave: () => (isIndiscreet ? 'forbidden' : undefined) });
  receiver = await startLoopback(({ path, headers }, response) => {
    response.writeHead(500).end(`${path} ${JSON.stringify(headers)}`);
  });
  writeConfig();
});

afterEach(async () => {
  await Promise.all([server.close(), receiver.close()]);
  rmSync(folder, { recursive: true });
  isIndiscreet = false;
  process.exitCode = 0;
});

function add(value: string): void {
  const event = instance.addEvent({ tags: ['tlp:green'] });
  instance.addAttribute(event, { value });
  instance.publish(event);
  instance.clock += 3600;
}

function writeConfig(): void {
  const cert = { url: server.url, key: `Key${CANARY}`, retries: 0 };
  writeFileSync(
    join(folder, 'c.json'),
    JSON.stringify({
      ...{ name: 'test', state: 'state', metrics: { file: 'test.prom' } },
      sources: { cert: { use: 'misp', with: cert } },
      exporters: { sigma: { use: 'sigma', with: { dir: 'out', check: 'off' } } },
      notify: {
        webhook: `${receiver.url.replace('//', `//user:Pass${CANARY}@`)}/hook?token=${CANARY}`,
        headers: { 'X-Token': `Header${CANARY}` },
        on: ['failure', 'guard', 'quarantine', 'recovery'],
      },
    }),
  );
}

const outputs: MainOutput[] = [];

async function run(...args: readonly string[]): Promise<void> {
  outputs.push(await runMain('--config', join(folder, 'c.json'), '--log-level', 'trace', ...args));
}

/** As it stands in the config, in a URL, and in a header of the user part. */
const FORMS = [CANARY, encodeURIComponent(CANARY), Buffer.from(`user:Pass${CANARY}`).toString('base64')];

it('writes the secrets of the config nowhere, whatever is done and whoever repeats them', {
  timeout: 60_000,
}, async () => {
  await run('run', '--report', join(folder, 'first.html'));
  isIndiscreet = true;
  await run('run', '--report', join(folder, 'refused.html'));
  isIndiscreet = false;
  add('second.example.net');
  for (const format of [[], ['--json'], ['--markdown']]) await run('plan', ...format);
  await run('apply');
  await run('rollback', '--json');
  await run('run', '--report', join(folder, 'guarded.html'), '--json');
  for (const command of [['diff'], ['history'], ['explain', 'second.example.net'], ['config', 'show']]) {
    await run(...command);
    await run(...command, '--json');
  }
  expect(outputs.map(({ code }) => code)).toEqual([0, 4, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0]);

  const texts = new Map(outputs.map(({ stdout, stderr }, i) => [`output ${i}`, Buffer.from(stdout + stderr)]));
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((name) => name !== 'c.json' && statSync(join(folder, name)).isFile()))
    texts.set(name, readFileSync(join(folder, name)));
  expect([...texts.keys()]).toEqual(
    expect.arrayContaining(['first.html', 'test.prom', 'state/history.sqlite', 'state/operation.sqlite']),
  );
  const leaks = [...texts].filter(([, text]) => FORMS.some((form) => text.includes(form)));
  expect(leaks.map(([name]) => name)).toEqual([]);
});

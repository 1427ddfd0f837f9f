import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { IndexBuilder } from '@misp-pipeline/lookup';
import { anIndicator, anOrigin } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runMain } from '../../testing/run-main.ts';

let folder: string;
const path = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'annotate-command-'));
  const cert = { use: 'misp', with: { url: 'http://127.0.0.1:1', key: 'k'.repeat(40) } };
  const exporters = { suricata: { use: 'suricata', with: { dir: 'out', check: 'off' } } };
  writeFileSync(path('misp-pipeline.config.json'), JSON.stringify({ state: 'state', sources: { cert }, exporters }));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = 0;
});

async function buildIndex(): Promise<void> {
  const builder = new IndexBuilder(path('state/index'), { name: 'test', filters: [], exporters: [] });
  builder.normalised(
    'cert',
    anIndicator('domain', 'evil.example', { tlp: 'amber', origins: [anOrigin({ source: 'cert' })] }),
  );
  await builder.finish({ built: '', release: 1 }, new AbortController().signal);
}

function alertOf(name: string): string {
  return JSON.stringify({
    ...{ timestamp: '2020-01-02T03:04:05.000000+0000', event_type: 'alert', src_ip: '10.1.2.3' },
    ...{ alert: { signature_id: 7, signature: 'a rule' }, dns: { query: [{ rrname: name }] } },
  });
}

/** Runs the command. */
function run(...args: readonly string[]) {
  return runMain('--config', path('misp-pipeline.config.json'), 'annotate', ...args);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

const linesOf = (name: string) =>
  existsSync(path(name)) ? readFileSync(path(name), 'utf8').split('\n').length - 1 : 0;

describe('annotate', () => {
  beforeEach(buildIndex);

  it('writes to stdout, and tells beside it how much', async () => {
    const lines = [alertOf('good.example'), 'no JSON', alertOf('www.evil.example')];
    writeFileSync(path('eve.json'), `${lines.join('\n')}\n`);
    const { code, stdout, stderr } = await run(path('eve.json'), '--json');
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 2)).toEqual(lines.slice(0, 2));
    expect(JSON.parse(stdout.split('\n')[2] ?? '').misp).toMatchObject({ matches: [{ value: 'evil.example' }] });
    expect(JSON.parse(stderr)).toMatchObject({ lines: 3, alerts: 2, annotated: 1, unchanged: 2, invalid: 1 });
  });

  it('appends each line of a file once, and never says what lies above the ceiling', async () => {
    writeFileSync(path('eve.json'), `${alertOf('evil.example')}\n`);
    const args = [path('eve.json'), '--output', path('out.json')];
    const { code, stdout } = await run(...args, '--max-tlp', 'green');
    expect(code).toBe(0);
    expect(stdout).toMatch(/lines +1\n.*annotated +0\n/s);
    expect((await run(...args)).stdout).toMatch(/lines +0\n/);
    expect(readFileSync(path('out.json'), 'utf8')).toBe(`${alertOf('evil.example')}\n`);
  });

  it('listens on a socket, and opens its log anew on SIGHUP', async () => {
    const running = run('--socket', path('eve.socket'), '--output', path('out.json'), '--json');
    await until(() => existsSync(path('eve.socket')));
    const engine = connect(path('eve.socket'));
    engine.write(`${alertOf('evil.example')}\n`);
    await until(() => linesOf('out.json') === 1);
    renameSync(path('out.json'), path('out.json.1'));
    process.emit('SIGHUP');
    engine.write(`${alertOf('evil.example')}\n`);
    await until(() => linesOf('out.json') + linesOf('out.json.1') === 2);
    engine.write(`${alertOf('good.example')}\n`);
    await until(() => linesOf('out.json') + linesOf('out.json.1') === 3);
    expect(linesOf('out.json')).toBeGreaterThan(0);
    engine.destroy();
    process.emit('SIGTERM');
    const { code, stdout } = await running;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ lines: 3, annotated: 2 });
    expect(existsSync(path('eve.socket'))).toBe(false);
  });

  it('refuses to read and write the same log', async () => {
    writeFileSync(path('eve.json'), '');
    symlinkSync(path('eve.json'), path('out.json'));
    const { code, stderr } = await run(path('eve.json'), '--output', path('out.json'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('is the log that is read')]);
  });

  it.each([
    [['eve.json', '--socket', 'a'], 'from a file or from a socket'],
    [['--follow'], 'only a file can be followed'],
    [['nosuch.json'], 'there is no file `nosuch.json`\nCheck the path; with --follow, it is waited for.'],
    [[tmpdir()], 'is a folder'],
    [['--follow', tmpdir()], 'is a folder'],
  ])('refuses %j', async (args, text) => {
    const { code, stderr } = await run(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(text)]);
  });
});

describe('annotate without an index', () => {
  it('says how to get one', async () => {
    expect(await run()).toMatchObject({ code: 3, stderr: expect.stringContaining('there is no index') });
  });
});

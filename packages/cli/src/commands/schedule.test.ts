import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DaemonProcess } from '../../testing/daemon-process.ts';
import { folder } from '../../testing/operated-config.ts';
import type { CommonOptions } from '../context.ts';
import { runCommand } from '../run-command.ts';
import { schedule } from './schedule.ts';

const CORE = fileURLToPath(new URL('../../../core/src/index.ts', import.meta.url));

/** A source that hands on nothing; `reading` says how it reads. */
function writeSource(name: string, reading: string): void {
  const definition = `{ kind: 'source', name: '${name}', summary: 'For a test.', options: z.strictObject({}),
    create: () => ({ async *read(signal) { ${reading} } }) }`;
  writeFileSync(
    join(folder, `${name}.mjs`),
    `import { definePlugin, z } from '${CORE}';\nexport default definePlugin(${definition});`,
  );
}

const daemons: DaemonProcess[] = [];

function start(...files: readonly string[]): DaemonProcess {
  const daemon = new DaemonProcess(...files);
  daemons.push(daemon);
  return daemon;
}

/** Writes a config that is due at once and then once a year. */
function writeConfig(source: string, more: object = {}): string {
  const file = join(folder, 'c.json');
  const config = {
    ...{ name: 'test', state: 'state', sources: { s: { use: `./${source}.mjs` } } },
    exporters: { q: { use: './quick.mjs', with: { dir: 'out' } } },
    ...{ schedule: { cron: '0 0 1 1 *' }, metrics: { listen: '0' }, ...more },
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** The command in this process, for what ends before it begins. */
async function scheduleHere(options: Partial<CommonOptions>, files: readonly string[]) {
  let stderr = '';
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += text;
    return true;
  });
  const code = await runCommand({ logLevel: 'error', ...options }, (context) => schedule(context, files));
  spy.mockRestore();
  return { code, stderr };
}

beforeEach(() => {
  writeSource('nothing', '');
  writeSource('waiting', 'await new Promise((end) => { signal.onabort = end; });');
  writeSource('stubborn', 'await new Promise((end) => setTimeout(end, 2 ** 31 - 1));');
  const render =
    "{ kind: 'exporter', name: 'quick', summary: 'For a test.', options: z.strictObject({}), create: () => ({ render() {} }) }";
  writeFileSync(
    join(folder, 'quick.mjs'),
    `import { definePlugin, z } from '${CORE}';\nexport default definePlugin(${render});`,
  );
});

afterEach(async () => {
  for (const daemon of daemons.splice(0)) {
    daemon.child.kill('SIGKILL');
    await daemon.ended();
  }
});

describe('misp-pipeline schedule', () => {
  it('runs, serves what it did, and ends with 0 when it is told to', async () => {
    const daemon = start(writeConfig('nothing'));
    const url = await daemon.url();
    await daemon.logged('ended well');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('misp_pipeline_runs_total{pipeline="test",result="success"} 1');
    daemon.child.kill('SIGTERM');
    const { code, stdout } = await daemon.ended();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ok', pipelines: [{ name: 'test', runs: { success: 1 } }] });
  });

  it('reads the config again on SIGHUP, and shows when the old one stays', async () => {
    const daemon = start(writeConfig('nothing'));
    const url = await daemon.url();
    const stale = async () => /config_stale\S+ (\d)/.exec(await (await fetch(`${url}/metrics`)).text())?.[1];
    await daemon.logged('ended well');
    expect(await stale()).toBe('0');
    writeConfig('nothing', { filter: {} });
    daemon.child.kill('SIGHUP');
    await daemon.logged('old config stays in force');
    expect(await stale()).toBe('1');
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'degraded' });
    writeConfig('nothing', { name: 'renamed' });
    daemon.child.kill('SIGHUP');
    await daemon.logged('read again');
    expect(await stale()).toBe('0');
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ pipelines: [{ name: 'renamed' }] });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('lets a run under way stop in order on %s', async (signal) => {
    const daemon = start(writeConfig('waiting'));
    await daemon.logged('the run begins');
    daemon.child.kill(signal);
    const { code, stdout } = await daemon.ended();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pipelines: [{ runs: { success: 0, failure: 0 } }] });
    expect(daemon.log.join('\n')).toContain('INTERRUPTED');
  });

  it('ends at once, with 130, on the second signal', async () => {
    const daemon = start(writeConfig('stubborn'));
    await daemon.logged('the run begins');
    daemon.child.kill('SIGTERM');
    await daemon.logged('the daemon ends');
    daemon.child.kill('SIGTERM');
    expect((await daemon.ended()).code).toBe(130);
  });

  it('skips a run while another process holds the state folder', async () => {
    const file = writeConfig('stubborn');
    await start(file).logged('the run begins');
    const second = start(file);
    await second.logged('LOCK_HELD');
    const metrics = await (await fetch(`${await second.url()}/metrics`)).text();
    expect(metrics).toContain('misp_pipeline_runs_total{pipeline="test",result="skipped"} 1');
    expect(second.log.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it.each([
    [{ schedule: undefined }, /schedule: says not when to run/],
    [{ schedule: { cron: 'hourly' } }, /c\.json:1 schedule\.cron: write five or six fields.*`hourly`/],
    [{ metrics: { listen: 'everywhere' } }, /c\.json:1 metrics\.listen: write an address and a port.*`everywhere`/],
    [{ notify: { webhook: 'ftp://x/CanarySecret' } }, /c\.json:1 notify\.webhook: write an address that begins/],
  ])('ends with 3 when the config says %j', async (more, text) => {
    const { code, stderr } = await scheduleHere({ config: writeConfig('nothing', more) }, []);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringMatching(text) });
    expect(stderr).not.toContain('Canary');
  });

  it('ends with 2 when configs are named in two ways', async () => {
    const { code, stderr } = await scheduleHere({ config: 'a.yaml' }, ['b.yaml']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('both as arguments and by an option'),
    });
  });
});

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeInstance, type FakeMisp, startFakeMisp } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, emptyFolder } from '../support/cli.ts';

const KEY = 'CanaryKeyThatNobodyMaySee0123456789abcdef';

let cwd: string;
let servers: FakeMisp[];
let instances: FakeInstance[];

beforeEach(async () => {
  cwd = emptyFolder();
  instances = ['one', 'two'].map((name) => {
    const instance = new FakeInstance(Math.floor(Date.now() / 1000) - 3600);
    const event = instance.addEvent({ tags: ['tlp:green'] });
    for (const value of ['both.example.net', `${name}.example.net`]) instance.addAttribute(event, { value });
    instance.publish(event);
    instance.clock += 3600;
    return instance;
  });
  servers = await Promise.all(instances.map((instance) => startFakeMisp({ instance })));
  writeConfig();
});

afterEach(() => Promise.all(servers.map((server) => server.close())));

/** Two servers, one exporter. */
function writeConfig(options: object = {}): void {
  const sources = servers.map(({ url }, i) => [
    `cert${i}`,
    { use: 'misp', with: { url, key: '${env:KEY}', ...options } },
  ]);
  const exporters = { suricata: { use: 'suricata', with: { dir: 'out', check: 'off' } } };
  const config = { name: 'test', state: 'state', sources: Object.fromEntries(sources), exporters };
  writeFileSync(join(cwd, 'misp-pipeline.config.json'), JSON.stringify(config));
}

const run = (...args: string[]) => cli(args, { cwd, env: { KEY } });

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile());
}

describe('misp-pipeline with two MISP servers', () => {
  it('says of each how it was read, and asks only for changes the next time', async () => {
    const first = await run('run');
    expect(first.stdout).toMatch(/cert0: full sweep in \d+ requests, all 2 received\n.*cert1: full sweep/);
    const again = await run('run');
    expect(again.stdout).toMatch(/cert0: changes in 2 requests, all 0 received/);
    expect(again.stdout).toContain('unchanged');
    const full = JSON.parse((await run('run', '--full', '--json')).stdout);
    expect(full.sources.map(({ sync }: { sync: { mode: string } }) => sync.mode)).toEqual(['full', 'full']);
  });

  it('keeps apart who vouches for what, and merges what both know', async () => {
    const { funnel } = JSON.parse((await run('run', '--json')).stdout);
    expect(funnel).toMatchObject({ read: 4, merged: 3 });
    for (const server of servers) await server.close();
    const { journeys } = JSON.parse((await run('explain', 'both.example.net', '--json')).stdout);
    expect(journeys.map(({ source }: { source: string }) => source)).toEqual(['cert0', 'cert1']);
  });

  it('publishes no change when one of them cannot be read', async () => {
    await run('run');
    instances[0]?.addEvent();
    await servers[1]?.close();
    const { code, stderr } = await run('run');
    expect(code).toBe(5);
    expect(stderr).toContain('source `cert1` cannot be read');
  });

  it('writes the key nowhere', async () => {
    const outputs = [await run('run', '--log-level', 'trace'), await run('config', 'show'), await run('run', '--json')];
    for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain(KEY);
    const files = filesBelow(cwd);
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect(readFileSync(file).includes(KEY), file).toBe(false);
  });
});

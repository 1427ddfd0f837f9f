import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeAdministrationOptions, startFakeAdministration } from '@misp-pipeline/testing';
import { afterEach, beforeEach, expect } from 'vitest';
import { type MainOutput, runMain } from './run-main.ts';

export const CANARY = 'CanaryKeyThatNobodyMaySee0123456789abcdef';

/** The folder of the config; another one for each test. */
let cwd: string;
const closing: (() => Promise<void>)[] = [];

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
});

afterEach(async () => {
  rmSync(cwd, { recursive: true });
  for (const close of closing.splice(0)) await close();
  process.exitCode = 0;
});

/** Has a server closed when the test is over. */
export function closeAfterwards(server: { close(): Promise<void> }): void {
  closing.push(() => server.close());
}

/** Runs the command line in this process, on a config with the given MISP sources. */
export async function run(urls: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<MainOutput> {
  const config = join(cwd, 'misp-pipeline.config.json');
  const sources = Object.entries(urls).map(([id, url]) => [
    id,
    { use: 'misp', with: { url, key: CANARY, retries: 0, retryDelay: 0.01, maxBytes: 100_000 } },
  ]);
  const feed = { feed: { use: 'misp-feed', with: { url: './feed' } } };
  const exporters = { sigma: { use: 'sigma', with: { dir: 'out', check: 'off' } } };
  writeFileSync(config, JSON.stringify({ sources: { ...feed, ...Object.fromEntries(sources) }, exporters }));
  return runQuietly('--config', config, ...args);
}

/** Whatever is printed, it holds neither the key nor anything that a terminal would obey. */
export async function runQuietly(...args: readonly string[]): Promise<MainOutput> {
  const output = await runMain(...args);
  expect(output.stdout + output.stderr).not.toContain(CANARY);
  expect(output.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  return output;
}

/** A server with feeds and lists, and a command line that knows it as its only source. */
export async function serve(options: FakeAdministrationOptions = {}) {
  const server = await startFakeAdministration(options);
  closeAfterwards(server);
  return { server, cli: (...args: readonly string[]) => run({ cert: server.url }, ...args) };
}

/** A name that would change what a terminal shows. */
export const NASTY = 'evil\x1b[31m\u202ename\nnext\x9b';

export const FEEDS = [
  { name: 'CIRCL', provider: 'CIRCL', url: 'https://circl.example/feed', source_format: 'misp' },
  {
    ...{ name: NASTY, provider: 'p', url: 'https://bob:hunter2@f.example/l.txt?token=t0ken', enabled: true },
    ...{ caching_enabled: true, headers: 'X-Key: s3cret' },
  },
];

export const LISTS = [
  { name: 'List of RFC 1918 CIDR blocks', type: 'cidr', list: ['10.0.0.1'] },
  { name: 'List of known public DNS resolvers', enabled: true, list: ['8.8.8.8'] },
];

/** Arguments that add a feed, but for its address. */
export const ADD = ['feeds', 'add', '--name', 'C2', '--provider', 'CERT', '--format', 'csv'];

export const URL_WITH_KEY = ['--url', 'https://f.example/c2.csv?key=hunter2'];

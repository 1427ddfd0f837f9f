import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runMain } from '../../testing/run-main.ts';

const CONFIG = `sources: { feed: { use: misp-feed, with: { url: ./feed } } }
exporters: { sigma: { use: sigma, with: { dir: out } } }`;

let folder: string;
let before: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
  writeFileSync(join(folder, 'misp-pipeline.config.yaml'), CONFIG);
  before = process.cwd();
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(before);
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

describe('a command line that asks for what cannot be', () => {
  it.each([
    [['verify', '--exporter', 'zeek'], 'no exporter `zeek` is enabled in the config'],
    [['plugins', 'info', 'zeek'], 'no plugin is called `zeek`'],
    [['init'], '`misp-pipeline.config.yaml` exists'],
    [['explain', ' '], 'there is no value to explain'],
  ])('is refused for a program as for a person: %s', async (args, message) => {
    const { code, stdout, stderr } = await runMain('--json', ...args);
    expect(code).toBe(2);
    expect(JSON.parse(stdout.replaceAll(`${process.cwd()}/`, ''))).toEqual({
      error: { code: 'USAGE', message, hint: expect.any(String), exitCode: 2 },
    });
    expect(stderr.replaceAll(`${process.cwd()}/`, '')).toContain(`error: ${message}\n`);
  });

  it.each(['', '../production'])('says what a name of an environment is, not %j', async (env) => {
    const { code, stderr } = await runMain('validate', '--env', env);
    expect(code).toBe(3);
    expect(stderr).toContain('Its name is letters, digits, `_` and `-`.');
  });
});

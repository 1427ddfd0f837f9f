import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runMain } from '../../testing/run-main.ts';

let folder: string;
let config: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
  config = join(folder, 'c.json');
  const sources = {
    list: { use: 'csv', with: { url: './list.csv', columns: { value: 'value' }, header: true, type: 'domain' } },
  };
  const exporters = { sigma: { use: 'sigma', with: { dir: 'out', check: 'off' } } };
  writeFileSync(config, JSON.stringify({ name: 'test', state: 'state', sources, exporters }));
  list('a.example');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = 0;
});

/** What the source reads. */
function list(...values: readonly string[]): void {
  writeFileSync(join(folder, 'list.csv'), ['value', ...values, ''].join('\n'));
}

const run = (...args: readonly string[]) => runMain('--config', config, ...args);

describe('before anything was published', () => {
  it('`history` says so, and lists nothing', async () => {
    expect(await run('history')).toEqual({ code: 0, stdout: '', stderr: 'nothing has been published yet\n' });
    expect(await run('history', '--json')).toMatchObject({ code: 0, stdout: '[]\n' });
  });

  it.each([
    ['diff'],
    ['diff', '1', '2'],
    ['history', '--release', '1'],
    ['history', '--at', '2026-01-31'],
    ['rollback'],
  ])('there is no release for `%s %s`, also when there is a plan', async (...args) => {
    for (const prepare of ['history', 'plan']) {
      await run(prepare);
      const { code, stdout } = await run(...args, '--json');
      expect({ code, ...JSON.parse(stdout).error }).toMatchObject({ code: 'RELEASE_UNKNOWN', exitCode: 2 });
    }
  });
});

describe('the command line', () => {
  it('takes no fingerprint for a finding, which would let any plan go live', async () => {
    await run('plan');
    const { code, stderr } = await run('apply', '--accept', 'withdrawn', '0123456789abcdef');
    expect(code).toBe(2);
    expect(stderr).toContain('Write it in front: misp-pipeline apply 0123456789abcdef --accept');
    expect(JSON.parse((await run('history', '--json')).stdout)).toMatchObject([{ state: 'planned' }]);
  });

  it.each([
    ['withdrwn', 'there is no guard `withdrwn`', 'Did you mean `withdrawn`?'],
    ['withdrwn:sigma', 'there is no guard `withdrwn`', 'Did you mean `withdrawn`?'],
    ['withdrawn:sigmas', 'there is no exporter `sigmas`', 'Did you mean `sigma`?'],
    ['incomplete:sigma', 'there is no source `sigma`', 'Known: `list`.'],
    ['rolled-back:1', 'there is no stage that this guard looks at', 'Did you mean `rolled-back`?'],
    ['toString', 'there is no guard `toString`', 'Known: `incomplete`, `stale`, '],
  ])('accepts no `%s`, and says what there is', async (finding, message, hint) => {
    for (const command of ['run', 'apply']) {
      const { code, stderr } = await run(command, '--accept', 'empty:sigma', 'stale:list', 'rolled-back', finding);
      expect(code).toBe(2);
      expect(stderr).toContain(`no guard can find \`${finding}\`: ${message}\n${hint}`);
    }
    expect((await run('history')).stdout).toBe('');
  });

  it('goes back to one release, not to two', async () => {
    const { code, stderr } = await run('rollback', '1', '--at', '2026-01-31');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('both release `1` and --at') });
  });

  it('prints a plan in one format', async () => {
    expect((await run('plan', '--markdown', '--json')).code).toBe(2);
  });
});

describe('`history`', () => {
  it('says how many releases it leaves out', async () => {
    for (const value of ['a.example', 'b.example', 'c.example']) {
      list(value);
      await run('run', '--accept', 'withdrawn');
    }
    const { stdout, stderr } = await run('history', '--limit', '1');
    expect(stdout).toMatch(/^release .*\n3 {8}.* live .* sigma \+1 -1\n$/);
    expect(stderr).toBe('and 2 older ones; --limit lists more\n');
  });
});

describe('`explain`', () => {
  it('tells what is live from what a run would write', async () => {
    await run('run');
    expect((await run('explain', 'a.example')).stdout).toMatch(/^a\.example stands in the artefacts below\n/);
    list('b.example');
    await run('run', '--accept', 'withdrawn');
    await run('rollback');
    const { stdout } = await run('explain', 'b.example');
    expect(stdout).toMatch(/^b\.example is not live; a run would write it into the artefacts below\n/);
    expect(stdout).toContain('until release 3');
  });
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runMain } from '../../testing/run-main.ts';
import { openLiveIndex } from '../open-index.ts';

let folder: string;
let config: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
  config = join(folder, 'c.json');
  const sources = {
    list: { use: 'csv', with: { url: './list.csv', columns: { value: 'value' }, header: true, type: 'domain' } },
  };
  const exporters = { sigma: { use: 'sigma', with: { dir: 'out', check: 'off', keep: 3 } } };
  writeFileSync(config, JSON.stringify({ name: 'test', state: 'state', index: {}, sources, exporters }));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = 0;
});

const main = (...args: readonly string[]) => runMain('--config', config, ...args);

/** The source has these values from now on. */
function list(...names: readonly string[]): void {
  writeFileSync(join(folder, 'list.csv'), ['value', ...names.map((name) => `${name}.example`), ''].join('\n'));
}

async function run(...names: readonly string[]): Promise<void> {
  list(...names);
  expect(await main('run', '--accept', 'withdrawn')).toMatchObject({ code: 0 });
}

/** Those of the values that the index calls live, and what it warns of. */
async function live(): Promise<{ readonly values: string; readonly warning: string }> {
  const { code, stdout, stderr } = await main('lookup', '--json', 'a.example', 'b.example', 'c.example', 'd.example');
  expect(code).toBe(0);
  const answers: { verdict: string; value: string }[] = JSON.parse(stdout);
  const values = answers.filter(({ verdict }) => verdict === 'live').map(({ value }) => value);
  return { values: values.join(), warning: stderr };
}

describe('the index', () => {
  it('is there after the first `apply`', async () => {
    list('a');
    await main('plan');
    expect(await main('lookup', 'a.example')).toMatchObject({ code: 3 });
    await main('apply');
    expect(await live()).toEqual({ values: 'a.example', warning: '' });
  });

  it('follows a plan only when that is applied', async () => {
    await run('a');
    list('a', 'b');
    await main('plan');
    expect(await live()).toEqual({ values: 'a.example', warning: '' });
    await main('apply');
    expect(await live()).toEqual({ values: 'a.example,b.example', warning: '' });
  });

  it('follows rollbacks as far as they go', async () => {
    for (const name of ['a', 'b', 'c']) await run(name);
    await main('rollback');
    expect(await live()).toEqual({ values: 'b.example', warning: '' });
    await main('rollback');
    expect(await live()).toEqual({ values: 'a.example', warning: '' });
    await main('rollback', '3');
    expect(await live()).toEqual({ values: 'c.example', warning: '' });
  });

  it('keeps no release that cannot come back', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'a']) await run(name);
    const kept = readdirSync(join(folder, 'state', 'index')).sort();
    expect(kept).toEqual(['index.sqlite', 'release-3.sqlite', 'release-4.sqlite']);
  });

  it('says when another release is live than its own, and is not asked by who would lose by it', async () => {
    await run('a');
    await run('b');
    rmSync(join(folder, 'state', 'index', 'release-1.sqlite'));
    expect(await main('rollback')).toMatchObject({ code: 0 });
    const warning = 'warning: the index is of release 2, and release 3 is live\n';
    expect(await live()).toEqual({ values: 'b.example', warning });
    await expect(openLiveIndex({ state: join(folder, 'state'), index: {} })).rejects.toMatchObject({
      code: 'INDEX_MISSING',
      message: 'the index is of release 2, and release 3 is live',
    });
  });
});

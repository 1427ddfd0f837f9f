import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anIndicator } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../known.ts';
import { SqliteIndex } from '../sqlite/sqlite-index.ts';
import { IndexBuilder } from './index-builder.ts';
import { IndexFolder } from './index-folder.ts';

const { signal } = new AbortController();

let folder: string;
let index: SqliteIndex;
let indexes: IndexFolder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'indexes-'));
  index = new SqliteIndex(folder);
  indexes = new IndexFolder(folder);
});

afterEach(async () => {
  await index.close();
  rmSync(folder, { recursive: true });
});

function watching(value: string): IndexBuilder {
  const builder = new IndexBuilder(folder, { name: 'test', filters: [], exporters: [] });
  builder.normalised('osint', anIndicator('domain', value));
  return builder;
}

const run = (value: string, release: number): Promise<Snapshot> =>
  watching(value).finish({ built: '', release }, signal);

const plan = (value: string, fingerprint: string): Promise<Snapshot> =>
  watching(value).finishPlan(fingerprint, '', signal);

/** Which of the values are known, and the release that is named. */
async function answering(): Promise<string> {
  const values = ['a', 'b', 'c', 'd'].map((name) => `${name}.example`);
  const { matches, snapshot } = await index.read(values.map((value) => [{ kind: 'domain', value }]));
  return `${values.filter((_, i) => matches[i]?.length === 1).join()} of ${snapshot.release}`;
}

const files = () => readdirSync(folder).sort();

describe('IndexFolder', () => {
  it('lets the index of a plan answer once that is applied, and no sooner', async () => {
    await run('a.example', 1);
    await plan('b.example', 'f00d');
    expect(await answering()).toBe('a.example of 1');
    expect(indexes.putApplied('beef', 2)).toBe(false);
    expect(indexes.putApplied('f00d', 2)).toBe(true);
    expect(await answering()).toBe('b.example of 2');
    expect(files()).toEqual(['index.sqlite', 'release-1.sqlite']);
  });

  it('keeps the index of one plan, and none after a run', async () => {
    await plan('a.example', 'f00d');
    await plan('b.example', 'beef');
    expect(files()).toEqual(['planned-beef.sqlite']);
    await run('c.example', 1);
    expect(files()).toEqual(['index.sqlite']);
  });

  it('goes back to an earlier release, again and again', async () => {
    await run('a.example', 1);
    await run('b.example', 2);
    await run('c.example', 3);
    expect(indexes.putRestored(2, 4)).toBe(true);
    expect(await answering()).toBe('b.example of 4');
    expect(indexes.putRestored(1, 5)).toBe(true);
    expect(await answering()).toBe('a.example of 5');
    expect(indexes.putRestored(3, 6)).toBe(true);
    expect(await answering()).toBe('c.example of 6');
    expect(indexes.putRestored(9, 7)).toBe(false);
    expect(await answering()).toBe('c.example of 6');
  });

  it('gives what came back an id of its own, so that copies of it elsewhere are told apart', async () => {
    const { id } = await run('a.example', 1);
    await run('b.example', 2);
    indexes.putRestored(1, 3);
    expect((await index.snapshot()).id).not.toBe(id);
  });

  it('keeps one index of a release, the last, for its owner alone', async () => {
    await run('a.example', 1);
    await run('b.example', 1);
    await run('c.example', 2);
    expect(files()).toEqual(['index.sqlite', 'release-1.sqlite']);
    for (const file of files()) expect(statSync(join(folder, file)).mode & 0o777, file).toBe(0o600);
    indexes.putRestored(1, 3);
    expect(await answering()).toBe('b.example of 3');
    expect(statSync(join(folder, 'index.sqlite')).mode & 0o777).toBe(0o600);
  });

  it('forgets releases that cannot come back', async () => {
    for (const [i, value] of ['a.example', 'b.example', 'c.example'].entries()) await run(value, i + 1);
    indexes.prune(new Set([2, 3]));
    expect(files()).toEqual(['index.sqlite', 'release-2.sqlite']);
  });

  it('replaces a damaged index', async () => {
    writeFileSync(join(folder, 'index.sqlite'), 'no database');
    await run('a.example', 1);
    expect(await answering()).toBe('a.example of 1');
    expect(files()).toEqual(['index.sqlite']);
  });
});

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IndicatorKind } from '@misp-pipeline/core';
import { anIndicator } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IndexBuilder, type IndexedPipeline } from '../build/index-builder.ts';
import { NoIndex } from '../no-index.ts';
import { SqliteIndex } from './sqlite-index.ts';

let folder: string;
let index: SqliteIndex;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lookup-'));
  index = new SqliteIndex(folder);
});

afterEach(async () => {
  await index.close();
  rmSync(folder, { recursive: true });
});

const PIPELINE: IndexedPipeline = { name: 'test', filters: [], exporters: [] };

async function build(...values: readonly (readonly [IndicatorKind, string])[]): Promise<string> {
  const builder = new IndexBuilder(folder, PIPELINE);
  for (const [kind, value] of values) builder.normalised('osint', anIndicator(kind, value));
  return (await builder.finish({ built: '', release: undefined }, new AbortController().signal)).id;
}

/** What covers a value, as `relation kind value`. */
async function found(kind: IndicatorKind, value: string): Promise<string[]> {
  const [matches = []] = await index.find([[{ kind, value }]]);
  return matches.map(({ relation, indicator }) => `${relation} ${indicator.kind} ${indicator.value}`);
}

describe('SqliteIndex', () => {
  it('says that there is no index, and what to do', async () => {
    await expect(index.snapshot()).rejects.toThrow(NoIndex);
    await expect(index.find([])).rejects.toThrow(`there is no index in \`${folder}\``);
  });

  it('finds a value, the domains above it and the networks around it', async () => {
    await build(
      ['domain', 'evil.example'],
      ['hostname', 'evil.example'],
      ['hostname', 'a.b.evil.example'],
      ['ipv4', '203.0.113.7'],
      ['cidr', '203.0.113.0/24'],
      ['cidr', '203.0.112.0/20'],
      ['cidr', '2001:db8::/32'],
    );
    expect(await found('domain', 'a.b.evil.example')).toEqual(['parent-domain domain evil.example']);
    expect(await found('hostname', 'a.b.evil.example')).toEqual([
      'exact hostname a.b.evil.example',
      'parent-domain domain evil.example',
    ]);
    expect(await found('url', 'http://evil.example/x')).toEqual([
      'host domain evil.example',
      'host hostname evil.example',
    ]);
    expect(await found('ipv4', '203.0.113.7')).toEqual([
      'exact ipv4 203.0.113.7',
      'inside-range cidr 203.0.113.0/24',
      'inside-range cidr 203.0.112.0/20',
    ]);
    expect(await found('ipv6', '2001:db8::7')).toEqual(['inside-range cidr 2001:db8::/32']);
    expect(await found('ipv6', '2001:db9::7')).toEqual([]);
    expect(await found('domain', 'notevil.example')).toEqual([]);
    expect(await found('md5', 'evil.example')).toEqual([]);
  });

  it('asks another file although it has the number of the one before', async () => {
    const file = join(folder, 'index.sqlite');
    await build(['md5', 'a']);
    copyFileSync(file, join(folder, 'other'));
    const id = await build(['md5', 'b']);
    expect((await index.snapshot()).id).toBe(id);
    copyFileSync(join(folder, 'other'), file);
    expect((await index.snapshot()).id).not.toBe(id);
  });

  it('answers in the order of the queries', async () => {
    await build(['md5', 'a'], ['md5', 'b']);
    const queries = ['b', 'x', 'a'].map((value) => [{ kind: 'md5', value } as const]);
    expect((await index.find(queries)).map((matches) => matches[0]?.indicator.value)).toEqual(['b', undefined, 'a']);
  });

  it('answers from the new snapshot as soon as it is there', async () => {
    const first = await build(['md5', 'a']);
    expect((await index.snapshot()).id).toBe(first);
    const second = await build(['md5', 'b']);
    expect(await found('md5', 'a')).toEqual([]);
    expect(await found('md5', 'b')).toEqual(['exact md5 b']);
    expect((await index.snapshot()).id).toBe(second);
  });

  it('is read by another process at the same time', async () => {
    await build(['md5', 'a']);
    await index.snapshot();
    const script = `
      const { SqliteIndex } = await import(${JSON.stringify(import.meta.resolve('./sqlite-index.ts'))});
      const index = new SqliteIndex(${JSON.stringify(folder)});
      process.stdout.write(String((await index.find([[{ kind: 'md5', value: 'a' }]]))[0].length));`;
    const options = ['--conditions=source', '--input-type=module', '--eval', script];
    expect(execFileSync(process.execPath, options, { encoding: 'utf8' })).toBe('1');
    expect(await found('md5', 'a')).toHaveLength(1);
  });

  it('hands over all that a snapshot holds, also when another one takes its place meanwhile', async () => {
    await build(['md5', 'b'], ['md5', 'a'], ['sha1', 'a']);
    const copy = index.copy();
    const indicators = copy.indicators();
    const first = indicators.next().value;
    await build(['md5', 'c']);
    expect([first, ...indicators]).toMatchObject([{ kind: 'md5', value: 'a' }, { kind: 'sha1' }, { value: 'b' }]);
    expect(copy.snapshot.indicators).toBe(3);
    copy.close();
  });

  it('takes up again after it was closed', async () => {
    await build(['md5', 'a']);
    await index.snapshot();
    await index.close();
    expect(await found('md5', 'a')).toHaveLength(1);
  });
});

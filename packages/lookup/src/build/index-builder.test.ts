import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { anEvent, anIndicator, anOrigin } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KnownIndicator } from '../known.ts';
import { SqliteIndex } from '../sqlite/sqlite-index.ts';
import { IndexBuilder, type IndexedPipeline } from './index-builder.ts';

let folder: string;
let index: SqliteIndex;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'lookup-')), 'index');
  index = new SqliteIndex(folder);
});

afterEach(async () => {
  await index.close();
  rmSync(join(folder, '..'), { recursive: true });
});

const { signal } = new AbortController();
const LIVE = { built: '2026-11-24T00:00:00.000Z', release: 7 };
const UNFILTERED: IndexedPipeline = { name: 'test', filters: [], exporters: [] };
const FILTERED = { ...UNFILTERED, filters: [{}] };

const domain = (value: string, attribute: string, fields: Partial<Indicator> = {}) =>
  anIndicator('domain', value, { origins: [anOrigin({ attribute })], ...fields });

async function known(value: string, kind: IndicatorKind = 'domain'): Promise<KnownIndicator[]> {
  const [matches = []] = await index.find([[{ kind, value }]]);
  return matches.map(({ indicator }) => indicator);
}

describe('IndexBuilder', () => {
  it('keeps what each attribute says, and the label that is its own', async () => {
    const builder = new IndexBuilder(folder, UNFILTERED);
    const event = anEvent({ uuid: 'e2', title: 'Other', org: 'Other CERT' });
    const green: Partial<Indicator> = {
      ...{ tlp: 'green', tags: ['a'], techniques: ['T1071'], severity: 'low', confidence: 0 },
      ...{ firstSeen: 0, lastSeen: 2, updated: 3 },
    };
    builder.normalised('osint', domain('evil.example', 'a', green));
    builder.normalised('osint', {
      ...domain('evil.example', 'b', { tlp: 'red' }),
      origins: [anOrigin({ attribute: 'b', event, comment: 'said "so"\n' })],
    });
    expect(await builder.finish(LIVE, signal)).toMatchObject({ ...LIVE, pipeline: 'test', indicators: 1 });
    const [found, ...others] = await known('evil.example');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'domain', value: 'evil.example', direction: undefined, port: undefined });
    expect(found?.origins).toMatchObject([
      { ...green, attribute: 'a', stopped: undefined, stoppedFor: {} },
      { tlp: 'red', attribute: 'b', comment: 'said "so"\n', event: { uuid: 'e2', title: 'Other', org: 'Other CERT' } },
    ]);
  });

  it('tells apart what differs in direction or port', async () => {
    const builder = new IndexBuilder(folder, UNFILTERED);
    const address = (fields: Partial<Indicator>) => anIndicator('ipv4', '203.0.113.7', fields);
    for (const one of [{}, { direction: 'source' }, { direction: 'source', port: 443 }] as const) {
      builder.normalised('osint', address(one));
    }
    await builder.finish(LIVE, signal);
    expect(await known('203.0.113.7', 'ipv4')).toMatchObject([
      { direction: undefined, port: undefined },
      { direction: 'source', port: undefined },
      { direction: 'source', port: 443 },
    ]);
  });

  it('takes what filters decided and added, over several batches', async () => {
    const builder = new IndexBuilder(folder, FILTERED);
    const [kept, stopped, later] = [domain('a.example', '1'), domain('a.example', '2'), domain('b.example', '3')];
    builder.normalised('osint', kept);
    builder.normalised('osint', stopped);
    builder.dropped('age', undefined, stopped, 'age:expired', 'since 2020');
    builder.passed('age', undefined, kept);
    builder.passed('lists', undefined, { ...kept, tags: ['warninglist:x'] });
    builder.dropped('tlp', 'sigma', kept, 'tlp:clear');
    builder.passed('mark', 'suricata', { ...kept, tags: ['of an exporter'] });
    builder.normalised('osint', later);
    builder.passed('age', undefined, later);
    await builder.finish(LIVE, signal);
    expect((await known('a.example'))[0]?.origins).toMatchObject([
      {
        ...{ attribute: '1', tags: ['warninglist:x'], stopped: undefined },
        stoppedFor: { sigma: { filter: 'tlp', reason: 'tlp:clear' } },
      },
      { attribute: '2', stopped: { filter: 'age', reason: 'age:expired', detail: 'since 2020' }, stoppedFor: {} },
    ]);
    expect((await known('b.example'))[0]?.origins).toMatchObject([{ attribute: '3', stopped: undefined }]);
  });

  it('counts an attribute that was handed on twice as one origin', async () => {
    const builder = new IndexBuilder(folder, UNFILTERED);
    builder.normalised('osint', domain('a.example', '1'));
    builder.normalised('osint', domain('a.example', '1'));
    await builder.finish(LIVE, signal);
    expect((await known('a.example'))[0]?.origins).toHaveLength(1);
  });

  it('knows each place once, and only those of the files that an exporter wrote last', async () => {
    const builder = new IndexBuilder(folder, UNFILTERED);
    const all = ['a.example', 'bad.example', 'c.example'].map((value) => domain(value, value));
    for (const one of all) builder.normalised('osint', one);
    builder.writing('suricata');
    for (const one of all) {
      for (const id of ['sid 1', 'sid 3']) builder.placed('suricata', one, { file: 'misp.rules', id, text: 'alert' });
    }
    builder.writing('suricata');
    for (const one of all.filter(({ value }) => value !== 'bad.example')) {
      for (const id of ['sid 1', 'sid 2', 'sid 1'])
        builder.placed('suricata', one, { file: 'misp.rules', id, text: 'alert' });
    }
    builder.writing('wazuh');
    for (const one of all) builder.placed('wazuh', one, { file: 'lists/domains', text: one.value });
    await builder.finish(LIVE, signal);
    const wazuh = { exporter: 'wazuh', file: 'lists/domains', id: undefined };
    expect((await known('a.example'))[0]?.artefacts).toEqual([
      { exporter: 'suricata', file: 'misp.rules', id: 'sid 1' },
      { exporter: 'suricata', file: 'misp.rules', id: 'sid 2' },
      wazuh,
    ]);
    expect((await known('bad.example'))[0]?.artefacts).toEqual([wazuh]);
  });

  it('keeps an index that is for its owner alone, and nothing beside it', async () => {
    const builder = new IndexBuilder(folder, UNFILTERED);
    builder.normalised('osint', domain('a.example', '1'));
    await builder.finish(LIVE, signal);
    expect(readdirSync(folder)).toEqual(['index.sqlite']);
    expect(statSync(join(folder, 'index.sqlite')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('leaves the index of before when the run failed or was interrupted', async () => {
    const first = new IndexBuilder(folder, UNFILTERED);
    first.normalised('osint', domain('a.example', '1'));
    const { id } = await first.finish(LIVE, signal);
    const failed = new IndexBuilder(folder, UNFILTERED);
    failed.normalised('osint', domain('b.example', '1'));
    failed.discard();
    const interrupted = new IndexBuilder(folder, UNFILTERED);
    for (let i = 0; i < 1001; i++) interrupted.normalised('osint', domain(`${i}.example`, '1'));
    await expect(interrupted.finish(LIVE, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect((await index.snapshot()).id).toBe(id);
    expect(readdirSync(folder)).toEqual(['index.sqlite']);
  });

  it('makes nothing before the first indicator, and an empty index of nothing', async () => {
    const builder = new IndexBuilder(folder, UNFILTERED);
    builder.discard();
    expect(() => readdirSync(folder)).toThrow('ENOENT');
    expect((await builder.finish(LIVE, signal)).indicators).toBe(0);
    expect(await known('a.example')).toEqual([]);
  });

  it('removes what a killed process left, also one of the same number in another container', async () => {
    mkdirSync(join(folder, `.building-${process.pid}-abc`), { recursive: true });
    mkdirSync(join(folder, '.building-999999999-abc'));
    await new IndexBuilder(folder, UNFILTERED).finish(LIVE, signal);
    expect(readdirSync(folder)).toEqual(['index.sqlite']);
  });

  it('takes hostile values to the letter', async () => {
    const values = ["'; DROP TABLE indicator; --", 'a\u0000b', '\ud800lone', '%_*', 'é'.repeat(5000), '__proto__'];
    const builder = new IndexBuilder(folder, UNFILTERED);
    for (const value of values) builder.normalised('osint', anIndicator('filename', value));
    await builder.finish(LIVE, signal);
    for (const value of values.filter((one) => one.isWellFormed())) {
      expect(await known(value, 'filename')).toMatchObject([{ value }]);
    }
  });

  it('lets a run go on that it cannot spool, and says so at the end', async () => {
    writeFileSync(folder, 'no folder');
    const builder = new IndexBuilder(folder, UNFILTERED);
    const evil = domain('evil.example', 'a');
    builder.normalised('osint', evil);
    builder.placed('sigma', evil, { file: 'a.yml', text: '' });
    builder.placed('suricata', evil, { file: 'misp.rules', text: '' });
    builder.writing('sigma');
    await expect(builder.finish(LIVE, signal)).rejects.toThrow('EEXIST');
    builder.discard();
  });
});

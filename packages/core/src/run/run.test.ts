import { existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { configIn, exporterIn, indicator, lines, silent, source, stage } from '../../testing/pipeline.ts';
import type { PipelineConfig, StageConfig } from '../config/config.ts';
import type { Indicator } from '../indicator.ts';
import { inject, injectable, injected, Options, Services } from '../injection.ts';
import type { Exporter, Filter, Plugin, Source, StageServices } from '../plugin.ts';
import { lockState } from './lock.ts';
import { type RunOptions, runPipeline } from './run.ts';
import type { Trace } from './trace.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'run-'));
});

const dropping = (label: string): Filter => ({
  apply: (batch, drop) =>
    batch.filter((one) => {
      if (one.tlp !== label) return true;
      drop(one, `tlp:${label}`);
      return false;
    }),
});

const exporter = (id: string, built: Exporter, filters: readonly StageConfig[] = []) =>
  exporterIn(dir, id, built, { filters });

const run = (parts: Partial<PipelineConfig>, options: Partial<RunOptions> = {}) =>
  runPipeline(configIn(dir, parts), { signal: new AbortController().signal, logger: silent, ...options });

const published = (id: string) => readFileSync(join(dir, id, 'current', 'all.txt'), 'utf8');

describe('runPipeline', () => {
  it('accounts for every record from read to exported', async () => {
    const batches = [
      [indicator('b.example'), indicator('a.example', { tlp: 'red' })],
      [indicator('b.example', {}, 'second'), indicator('x.example')],
    ];
    const report = await run({
      sources: [stage('feed', 'source', source(...batches))],
      filters: [stage('tlp', 'filter', dropping('red'))],
      exporters: [exporter('out', lines)],
    });
    expect(report.funnel).toEqual({
      ...{ read: 6, rejected: 2, normalised: 4, dropped: { 'tlp:red': 1 }, passed: 3, merged: 2 },
      exported: { out: 1 },
    });
    expect(report.sources[0]?.rejected).toEqual({ 'rejected:junk': 2 });
    expect(report.filters[0]).toMatchObject({ id: 'tlp', in: 4, out: 3 });
    expect(report.exporters[0]).toMatchObject({
      passed: 3,
      merged: 2,
      skipped: { 'unsupported:domain': 1 },
      exported: 1,
    });
    expect(published('out')).toBe('b.example\n');
  });

  it('lets a value survive through the origin that passes', async () => {
    await run({
      sources: [
        stage(
          'feed',
          'source',
          source([indicator('a.example', { tlp: 'red' }), indicator('a.example', { tlp: 'green' }, '2')]),
        ),
      ],
      filters: [stage('tlp', 'filter', dropping('red'))],
      exporters: [exporter('out', lines)],
    });
    expect(published('out')).toBe('a.example\n');
  });

  it('applies the filters of one exporter to that one alone', async () => {
    await run({
      sources: [
        stage(
          'feed',
          'source',
          source([indicator('a.example', { tlp: 'amber' }), indicator('b.example', { tlp: 'green' })]),
        ),
      ],
      exporters: [exporter('inside', lines), exporter('public', lines, [stage('tlp', 'filter', dropping('amber'))])],
    });
    expect(published('inside')).toBe('a.example\nb.example\n');
    expect(published('public')).toBe('b.example\n');
  });

  it('publishes nothing at all when one exporter fails, and leaves what is live', async () => {
    const sources = [stage('feed', 'source', source([indicator('old.example')]))];
    await run({ sources, exporters: [exporter('good', lines)] });
    const failing: Exporter = {
      render() {
        throw new Error('disk on fire');
      },
    };
    const newer = [stage('feed', 'source', source([indicator('new.example')]))];
    await expect(
      run({ sources: newer, exporters: [exporter('good', lines), exporter('bad', failing)] }),
    ).rejects.toMatchObject({
      code: 'STAGE_FAILED',
      message: 'exporter bad failed: disk on fire',
    });
    expect(published('good')).toBe('old.example\n');
    expect(readdirSync(join(dir, 'good', 'generations'))).toHaveLength(1);
  });

  it('names the folder of an exporter when it cannot be written', async () => {
    const sources = [stage('feed', 'source', source([indicator('a.example')]))];
    writeFileSync(join(dir, 'out'), 'a file, not a folder');
    await expect(run({ sources, exporters: [exporter('out', lines)] })).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      message: expect.stringContaining(`nothing can be published into \`${join(dir, 'out')}\`: ENOTDIR`),
    });
  });

  it.skipIf(!existsSync('/dev/full'))('names the folder of an exporter when its disk is full', async () => {
    const sources = [stage('feed', 'source', source([indicator('a.example')]))];
    const onFullDisk: Exporter = {
      render(indicators, output, skip) {
        symlinkSync('/dev/full', join(dir, 'out', 'generations', '.staging', 'all.txt'));
        return lines.render(indicators, output, skip);
      },
    };
    await expect(run({ sources, exporters: [exporter('out', onFullDisk)] })).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      message: expect.stringMatching(/^nothing can be published into `.*\/out\/.*`: ENOSPC/),
    });
    expect(readdirSync(join(dir, 'out', 'generations'))).toEqual([]);
  });

  it('names the state folder when its disk is full', async () => {
    const onFullDisk: Source = {
      // biome-ignore lint/correctness/useYield: it fails before
      async *read() {
        new DatabaseSync(':memory:').exec('PRAGMA max_page_count = 1; CREATE TABLE a (b); CREATE TABLE c (d)');
      },
    };
    const parts = { sources: [stage('feed', 'source', onFullDisk)], exporters: [exporter('out', lines)] };
    await expect(run(parts)).rejects.toMatchObject({
      code: 'STATE_FULL',
      message: `the state folder \`${join(dir, 'state')}\` cannot be written: database or disk is full`,
    });
  });

  it('publishes nothing in a dry run but reports the same', async () => {
    const parts = {
      sources: [stage('feed', 'source', source([indicator('a.example')]))],
      exporters: [exporter('out', lines)],
    };
    const dry = await run(parts, { dryRun: true });
    expect(existsSync(join(dir, 'out'))).toBe(false);
    const real = await run(parts);
    expect(dry.exporters[0]?.files).toEqual(real.exporters[0]?.files);
    expect(dry.exporters[0]?.published).toBeUndefined();
  });

  it('remembers numbers only of runs that publish', async () => {
    const numbered = (seen: number[]) => {
      const create = (_options: unknown, services: StageServices): Exporter => ({
        render() {
          seen.push(services.ids.book({ first: 1, last: 9 }).assign('k', `text ${seen.length}`).revision);
        },
      });
      const one = exporter('out', lines);
      return { ...one, resolved: { ...one.resolved, plugin: { ...one.resolved.plugin, create } as Plugin } };
    };
    const sources = [stage('feed', 'source', source([]))];
    const seen: number[] = [];
    await run({ sources, exporters: [numbered(seen)] });
    await run({ sources, exporters: [numbered(seen)] }, { dryRun: true });
    await run({ sources, exporters: [numbered(seen)] });
    expect(seen).toEqual([1, 2, 2]);
  });

  it.each([
    ['loses one', (batch: readonly Indicator[]) => batch.slice(1)],
    ['invents one', (batch: readonly Indicator[]) => [...batch, indicator('new.example')]],
  ])('stops at a filter that %s', async (_what, apply) => {
    const parts = {
      sources: [stage('feed', 'source', source([indicator('a.example')]))],
      exporters: [exporter('out', lines)],
    };
    await expect(run({ ...parts, filters: [stage('odd', 'filter', { apply })] })).rejects.toMatchObject({
      code: 'FILTER_UNBALANCED',
    });
  });

  it('closes every stage, also after a failure', async () => {
    const closed: string[] = [];
    const closing = (name: string) => ({ close: () => void closed.push(name) });
    const failing: Source = {
      // biome-ignore lint/correctness/useYield: it fails before it has anything
      async *read() {
        throw new Error('unreachable');
      },
      ...closing('source'),
    };
    const parts = {
      filters: [stage('f', 'filter', { apply: (batch) => batch, ...closing('filter') })],
      exporters: [exporter('e', { ...lines, ...closing('exporter') })],
    };
    await expect(run({ ...parts, sources: [stage('s', 'source', failing)] })).rejects.toThrow(
      'source s failed: unreachable',
    );
    expect(closed).toEqual(['exporter', 'filter', 'source']);
  });

  it('stops soon after it is interrupted, and publishes nothing', async () => {
    const interrupt = new AbortController();
    const endless: Source = {
      async *read() {
        for (let i = 0; ; i++) {
          if (i === 3) interrupt.abort();
          yield [indicator(`a${i}.example`)];
        }
      },
    };
    const parts = { sources: [stage('s', 'source', endless)], exporters: [exporter('out', lines)] };
    await expect(run(parts, { signal: interrupt.signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
      exitCode: 130,
    });
    expect(existsSync(join(dir, 'out', 'current'))).toBe(false);
  });

  it('has the state folder until what follows a run is done', async () => {
    const parts = {
      sources: [stage('feed', 'source', source([indicator('a.example')]))],
      exporters: [exporter('x', lines)],
    };
    const second: unknown[] = [];
    const settled = () => run(parts).then(undefined, (error: unknown) => void second.push(error));
    await run(parts, { settled: async () => void (await settled()) });
    expect(second).toMatchObject([{ code: 'LOCK_HELD' }]);
    await run(parts);
    const failing = () => Promise.reject(new Error('no'));
    await expect(run(parts, { settled: failing })).rejects.toThrow('no');
    await run(parts);
  });

  it('refuses a state folder that another run holds, and takes it when that run is over', async () => {
    const parts = { sources: [stage('s', 'source', source([]))], exporters: [exporter('out', lines)] };
    await run(parts);
    const lock = lockState(join(dir, 'state'), new Date());
    await expect(run(parts)).rejects.toMatchObject({ code: 'LOCK_HELD', exitCode: 9 });
    lock.release();
    await run(parts);
  });

  it('tells a watcher the way of every indicator', async () => {
    const seen: string[] = [];
    const trace: Trace = {
      rejected: (at, reason) => seen.push(`${at} ${reason}`),
      normalised: (at, { value }) => seen.push(`${at} read ${value}`),
      passed: (filter, owner, { value }) => seen.push(`${owner ?? ''}.${filter} passed ${value}`),
      dropped: (filter, owner, { value }, reason) => seen.push(`${owner ?? ''}.${filter} ${reason} ${value}`),
      writing: (at) => seen.push(`${at} writes`),
      skipped: (at, { value }, reason) => seen.push(`${at} ${reason} ${value}`),
      placed: (at, { value }, { file }) => seen.push(`${at} ${file} ${value}`),
    };
    const batch = [indicator('a.example'), indicator('r.example', { tlp: 'red' }), indicator('x.example')];
    await run(
      {
        sources: [stage('feed', 'source', source(batch))],
        filters: [stage('tlp', 'filter', dropping('red'))],
        exporters: [exporter('out', lines)],
      },
      { trace },
    );
    expect(seen).toEqual([
      ...['feed rejected:junk', 'feed read a.example', 'feed read r.example', 'feed read x.example'],
      ...['.tlp tlp:red r.example', '.tlp passed a.example', '.tlp passed x.example'],
      ...['out writes', 'out all.txt a.example', 'out unsupported:domain x.example'],
    ]);
  });
});

describe('injected', () => {
  it('builds a stage class with its own options and services, new for each run', async () => {
    @injectable()
    class Annotator implements Filter {
      readonly suffix: string;
      readonly id: string;

      constructor(@inject(Options) options: { suffix: string }, @inject(Services) services: StageServices) {
        this.suffix = options.suffix;
        this.id = services.id;
      }

      apply(batch: readonly Indicator[]) {
        return batch.map((one) => ({ ...one, value: `${this.id}-${this.suffix}.${one.value}` }));
      }
    }
    const filter = (id: string, suffix: string): StageConfig => {
      const one = stage(id, 'filter', { apply: (batch) => batch }, { suffix });
      return {
        ...one,
        resolved: { ...one.resolved, plugin: { ...one.resolved.plugin, create: injected(Annotator) } as Plugin },
      };
    };
    await run({
      sources: [stage('feed', 'source', source([indicator('a.example')]))],
      filters: [filter('one', 'x'), filter('two', 'y')],
      exporters: [exporter('out', lines)],
    });
    expect(published('out')).toBe('two-y.one-x.a.example\n');
  });
});

import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { configIn, exporterIn, indicator, lines, silent, source, stage } from '../../testing/pipeline.ts';
import type { ExporterConfig } from '../config/config.ts';
import type { CheckReport, Exporter } from '../plugin.ts';
import { type RunOptions, runPipeline } from './run.ts';
import type { Trace } from './trace.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'check-'));
});

const NAMES = ['a.example', 'bad.example', 'c.example', 'worse.example'];

/** An engine that refuses the lines that a pattern fits, and names as many of them as told. */
function engine(pattern: RegExp, named = Number.POSITIVE_INFINITY): Exporter {
  return {
    ...lines,
    check: async (staged): Promise<CheckReport> => {
      const text = readFileSync(join(staged.dir, 'all.txt'), 'utf8');
      const bad = text.split('\n').filter((line) => pattern.test(line));
      const refused = bad.slice(0, named).map((line) => ({ file: 'all.txt', text: line, message: `no ${line}` }));
      return { engine: 'engine 1', accepted: bad.length === 0, runs: 1, refused, messages: bad };
    },
  };
}

const absent: Exporter = { ...lines, check: async () => undefined };

function run(built: Exporter, fields: Partial<ExporterConfig> = {}, options: Partial<RunOptions> = {}) {
  const sources = [stage('feed', 'source', source(NAMES.map((name) => indicator(name))))];
  const config = configIn(dir, { sources, exporters: [exporterIn(dir, 'out', built, fields)] });
  return runPipeline(config, { signal: new AbortController().signal, logger: silent, ...options });
}

const published = () => readFileSync(join(dir, 'out', 'current', 'all.txt'), 'utf8');

describe('the check by the engine', () => {
  it('counts its runs when all is well', async () => {
    const { exporters } = await run(engine(/nothing/));
    expect(exporters[0]?.check).toEqual({
      ...{ state: 'accepted', engine: 'engine 1', runs: 1, quarantined: [], messages: [] },
    });
  });

  it.each([1, 2])('takes out what is refused, %d at a time, and publishes the rest', async (named) => {
    const { exporters } = await run(engine(/bad|worse/, named));
    expect(published()).toBe('a.example\nc.example\n');
    expect(exporters[0]).toMatchObject({
      exported: 2,
      skipped: { 'refused:out': 2 },
      check: {
        runs: named === 1 ? 3 : 2,
        quarantined: [
          { kind: 'domain', value: 'bad.example', message: 'no bad.example' },
          { kind: 'domain', value: 'worse.example', message: 'no worse.example' },
        ],
      },
    });
  });

  it.each([
    ['nobody can be blamed', engine(/bad/, 0), {}, 'no indicator can be blamed'],
    ['too many are refused', engine(/^[ac]\.|worse/), {}, '3 of 4 indicators, more than `maxRefused` (0.5) allows'],
    ['none may be refused', engine(/bad/), { maxRefused: 0 }, '1 of 4 indicators'],
  ])('publishes nothing when %s', async (_when, built, fields, why) => {
    await expect(run(built, fields)).rejects.toMatchObject({
      ...{ code: 'ENGINE_REFUSED', exitCode: 6, message: expect.stringContaining(why) },
    });
    expect(existsSync(join(dir, 'out', 'current'))).toBe(false);
    expect(existsSync(join(dir, 'out', 'generations', '.staging'))).toBe(false);
  });

  it('takes out a single one also where the share would be less than that', async () => {
    await run(engine(/bad/), { maxRefused: 0.1 });
    expect(published()).toBe('a.example\nc.example\nworse.example\n');
  });

  it('says so when there is no engine', async () => {
    expect((await run(absent)).exporters[0]?.check).toEqual({ state: 'unchecked', why: 'absent' });
    expect((await run(lines)).exporters[0]?.check).toEqual({ state: 'unchecked', why: 'none' });
  });

  it('publishes nothing when there is no engine but has to be one', async () => {
    await expect(run(absent, { check: 'required' })).rejects.toMatchObject({ code: 'ENGINE_ABSENT', exitCode: 6 });
    expect(existsSync(join(dir, 'out', 'current'))).toBe(false);
  });

  it.each(['off', 'dry-run'] as const)('does not ask when the run is %s', async (why) => {
    const built = { ...lines, check: () => Promise.reject(new Error('asked')) };
    const { exporters } = await run(built, why === 'off' ? { check: 'off' } : {}, { dryRun: why === 'dry-run' });
    expect(exporters[0]?.check).toEqual({ state: 'unchecked', why });
  });

  it('tells a watcher when files are written again, and not of those before', async () => {
    const told: string[] = [];
    const trace: Trace = {
      ...{ rejected() {}, normalised() {}, passed() {}, dropped() {} },
      writing: (exporter) => told.push(`${exporter} writes`),
      skipped: (_exporter, { value }, reason) => told.push(`${value} ${reason}`),
      placed: (_exporter, { value }) => told.push(value),
    };
    await run(engine(/bad|worse/), {}, { trace });
    const all = ['a.example', 'bad.example', 'c.example', 'worse.example'];
    expect(told).toEqual([
      ...['out writes', ...all, 'out writes', 'a.example', 'c.example'],
      ...['bad.example refused:out', 'worse.example refused:out'],
    ]);
  });

  it('is not needed to repeat the run: what was refused is remembered', async () => {
    await run(engine(/bad|worse/));
    const skips: string[] = [];
    const trace: Trace = {
      ...{ rejected() {}, normalised() {}, passed() {}, dropped() {}, writing() {}, placed() {} },
      skipped: (_exporter, { value }, reason, detail) => skips.push(`${value} ${reason} ${detail}`),
    };
    const { exporters } = await run(absent, {}, { replay: true, trace });
    expect(exporters[0]?.exported).toBe(2);
    expect(skips).toEqual(['bad.example refused:out no bad.example', 'worse.example refused:out no worse.example']);
  });

  it('forgets what is refused no more', async () => {
    await run(engine(/bad/));
    await run(engine(/nothing/));
    const { exporters } = await run(absent, {}, { replay: true });
    expect(exporters[0]?.exported).toBe(4);
  });
});

import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { configIn, exporterIn, indicator, lines, silent, source, stage } from '../../testing/pipeline.ts';
import type { Drill, DrillReport } from '../drill.ts';
import type { Exporter } from '../plugin.ts';
import { runPipeline } from './run.ts';
import { type VerifyOptions, verifyPipeline } from './verify.ts';

let dir: string;
let drills: Drill[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'verify-'));
  drills = [];
});

const NAMES = ['a.example', 'b.example', 'c.example', 'x.example'];

/** An exporter whose drill finds each name in the live file, or not; nothing can prove `c`, and it is silent about `b`. */
const drilled: Exporter = {
  ...lines,
  drill: async (drill): Promise<DrillReport> => {
    drills.push(drill);
    const text = readFileSync(join(drill.dir, 'all.txt'), 'utf8');
    const results = drill.targets
      .filter(({ indicator: { value } }) => value !== 'b.example')
      .map(({ indicator: one }) => {
        if (one.value === 'c.example')
          return { indicator: one, verdict: 'unprovable', why: 'nobody can see it' } as const;
        return { indicator: one, verdict: text.includes(one.value) ? 'proven' : 'failed' } as const;
      });
    return { engine: 'engine 1', results, probes: { mustFire: 3, mustNotFire: 6, benign: 0 }, benignHits: [] };
  },
};

function pipeline(built: Exporter, names = NAMES) {
  const sources = [stage('feed', 'source', source(names.map((name) => indicator(name))))];
  return configIn(dir, { sources, exporters: [exporterIn(dir, 'out', built)] });
}

const run = (built: Exporter) => runPipeline(pipeline(built), { signal: new AbortController().signal, logger: silent });

const verify = (built: Exporter, options: Partial<VerifyOptions> = {}, names = NAMES) =>
  verifyPipeline(pipeline(built, names), {
    ...{ signal: new AbortController().signal, logger: silent, sample: 1000, seed: '' },
    ...options,
  });

describe('verifyPipeline', () => {
  it('drills what is published and counts how it came out', async () => {
    await run(drilled);
    const { passed, exporters } = await verify(drilled);
    expect(passed).toBe(false);
    expect(exporters).toMatchObject([
      {
        ...{ id: 'out', state: 'drilled', engine: 'engine 1', exported: 3, drilled: 3 },
        kinds: { domain: { proven: 1, failed: 1, unprovable: 1 } },
        failed: [{ kind: 'domain', value: 'b.example', why: 'the drill says nothing of it' }],
        unprovable: { 'nobody can see it': 1 },
      },
    ]);
    expect(drills[0]?.targets.map(({ placements }) => placements)).toContainEqual([
      { file: 'all.txt', text: 'a.example' },
    ]);
    expect(existsSync(drills[0]?.workDir ?? '')).toBe(false);
  });

  it('drills a sample', async () => {
    await run(drilled);
    const { exporters } = await verify(drilled, { sample: 2 });
    expect(exporters[0]).toMatchObject({ exported: 3, drilled: 2 });
    expect(drills[0]?.targets).toHaveLength(2);
    expect(drills[0]?.collected.size).toBe(4);
  });

  it('does not drill what is not live, or not what the config makes now', async () => {
    expect(await verify(drilled)).toMatchObject({ passed: false, exporters: [{ state: 'unpublished' }] });
    await run(drilled);
    const other = await verify(drilled, {}, ['d.example']);
    expect(other).toMatchObject({ passed: false, exporters: [{ state: 'outdated' }] });
    expect(drills).toEqual([]);
  });

  it('does not drill live files that somebody has changed', async () => {
    await run(drilled);
    appendFileSync(join(dir, 'out', 'current', 'all.txt'), 'by.hand.example\n');
    expect(await verify(drilled)).toMatchObject({ passed: false, exporters: [{ state: 'outdated' }] });
    rmSync(join(dir, 'out', 'current', 'manifest.json'));
    expect(await verify(drilled)).toMatchObject({ passed: false, exporters: [{ state: 'outdated' }] });
  });

  it.each([
    ['no-drill', lines],
    ['engine-absent', { ...lines, drill: async () => undefined }],
  ] as const)('tells %s from a failure', async (state, built) => {
    await run(built);
    expect(await verify(built)).toMatchObject({ passed: true, exporters: [{ state, drilled: 0 }] });
  });

  it('fails when something fires on benign traffic', async () => {
    const trigger: Exporter = {
      ...lines,
      drill: async ({ targets }) => ({
        engine: 'engine 1',
        results: targets.map((target) => ({ indicator: target.indicator, verdict: 'proven' })),
        probes: { mustFire: 3, mustNotFire: 6, benign: 1 },
        benignHits: [{ probe: 'DNS query for www.example.org', detection: 'line 1' }],
      }),
    };
    await run(trigger);
    expect(await verify(trigger)).toMatchObject({ passed: false, exporters: [{ failed: [] }] });
  });

  it('leaves out exporters that are not asked for', async () => {
    expect((await verify(drilled, { only: new Set(['other']) })).exporters).toEqual([]);
  });
});

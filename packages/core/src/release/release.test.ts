import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configIn, exporterIn, indicator, lines, silent, source, stage } from '../../testing/pipeline.ts';
import type { ExporterConfig, PipelineConfig } from '../config/config.ts';
import { History } from '../history/history.ts';
import { placeOptions } from '../place/options.ts';
import type { Exporter, Published, ReloadReport } from '../plugin.ts';
import { type RunOptions, runPipeline } from '../run/run.ts';
import { applyPlan } from './apply.ts';
import { type RollbackTarget, rollBack } from './rollback.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'release-'));
});

afterEach(() => {
  rmSync(dir, { recursive: true });
});

/** Remembers what it is told, and answers as it is made to. */
class Engine {
  readonly told: string[] = [];
  isWell = true;

  readonly exporter: Exporter = {
    ...lines,
    reload: async ({ dir: current, previousDir }: Published): Promise<ReloadReport> => {
      const text = readFileSync(join(current, 'all.txt'), 'utf8').trim();
      this.told.push(`${text}${previousDir === undefined ? ' (the first)' : ''}`);
      const report = { engine: 'made up 1.0', method: 'call', messages: this.isWell ? [] : ['1 rule failed'] };
      return { ...report, confirmed: this.isWell };
    },
  };
}

const options = () => ({ signal: new AbortController().signal, logger: silent });

function config(
  values: readonly string[],
  built: Exporter = lines,
  fields: Partial<PipelineConfig> = {},
): PipelineConfig {
  const sources = [stage('feed', 'source', source(values.map((value) => indicator(value))))];
  return configIn(dir, { sources, exporters: [exporterIn(dir, 'out', built)], ...fields });
}

const run = (pipeline: PipelineConfig, more: Partial<RunOptions> = {}) =>
  runPipeline(pipeline, { ...options(), ...more });

const apply = (pipeline: PipelineConfig, fingerprint?: string, accept: readonly string[] = []) =>
  applyPlan(pipeline, { ...options(), fingerprint, accept });

const back = (pipeline: PipelineConfig, target: RollbackTarget = 'previous') => rollBack(pipeline, target, options());

const live = () =>
  readFileSync(join(dir, 'out', 'current', 'all.txt'), 'utf8')
    .trim()
    .split('\n');

function releases(): string[] {
  const history = new History(join(dir, 'state'));
  try {
    return history.releases
      .all()
      .map(({ id, state, by, failure }) => [id, state, by, failure].filter(Boolean).join(' '));
  } finally {
    history.close();
  }
}

const many = (count: number, prefix = 'v') => Array.from({ length: count }, (_, i) => `${prefix}${i}.example`);

describe('plan and apply', () => {
  it('publish what was planned, and only that', async () => {
    await run(config(['a.example']));
    const planned = await run(config(['b.example']), { plan: true });
    expect(live()).toEqual(['a.example']);
    expect(planned.exporters[0]).toMatchObject({ changes: { added: 1, withdrawn: 1 }, published: undefined });
    const applied = await apply(config([]), planned.fingerprint);
    expect(live()).toEqual(['b.example']);
    expect(applied.exporters[0]?.published.generation).toBe(readlinkSync(join(dir, 'out', 'current')).split('/')[1]);
    expect(releases()).toEqual(['2 live apply', '1 live run']);
  });

  it('make the same plan of the same input', async () => {
    await run(config(['a.example']));
    const plans = [await run(config(['b.example']), { plan: true }), await run(config(['b.example']), { plan: true })];
    expect(plans[0]?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(plans[0]?.fingerprint).toBe(plans[1]?.fingerprint);
    expect(releases()).toEqual(['2 planned run', '1 live run']);
  });

  it('plan nothing when nothing is new', async () => {
    await run(config(['a.example']));
    expect(await run(config(['a.example']), { plan: true })).toMatchObject({
      release: undefined,
      fingerprint: undefined,
    });
    await expect(apply(config(['a.example']))).rejects.toThrow('stale: there is none');
  });

  it.each<[string, (fingerprint: string) => Promise<unknown>, string]>([
    ['a newer plan', async () => run(config(['c.example']), { plan: true }), 'has replaced it'],
    ['a run that published', async () => run(config(['c.example'])), 'it was applied, or a later run has replaced it'],
    ['the same plan applied', async (fingerprint) => apply(config([]), fingerprint), 'it was applied'],
    [
      'files that were changed',
      async () => {
        const history = new History(join(dir, 'state'));
        const [exporter] = history.releases.newest('planned')?.exporters ?? [];
        history.close();
        writeFileSync(join(dir, 'out', 'generations', exporter?.generation ?? '', 'all.txt'), 'evil.example\n');
      },
      'the files of `out` are gone, or were changed',
    ],
  ])('refuse a plan after %s', async (_what, happen, why) => {
    await run(config(['a.example']));
    const { fingerprint = '' } = await run(config(['b.example']), { plan: true });
    await happen(fingerprint);
    const before = live();
    await expect(apply(config([]), fingerprint)).rejects.toMatchObject({
      code: 'PLAN_STALE',
      message: expect.stringContaining(why),
    });
    expect(live()).toEqual(before);
  });

  it('refuse a plan of another config', async () => {
    const { fingerprint } = await run(config(['a.example']), { plan: true });
    const changed = { ...config([]), shown: { filters: 'others' } };
    await expect(apply(changed, fingerprint)).rejects.toThrow('the config has changed since');
    expect(existsSync(join(dir, 'out', 'current'))).toBe(false);
  });
});

describe('guards', () => {
  it('refuse when too much goes, until that is accepted', async () => {
    await run(config(many(300)));
    const refused = run(config(many(100)));
    await expect(refused).rejects.toMatchObject({
      ...{ code: 'GUARD_REFUSED', exitCode: 8 },
      message: expect.stringContaining(
        'withdrawn:out: 200 of 300 indicators would be withdrawn, more than 0.5 of them',
      ),
    });
    expect(live()).toHaveLength(300);
    const report = await run(config(many(100)), { accept: ['withdrawn:out'] });
    expect(report.guard).toMatchObject([{ id: 'withdrawn:out', accepted: true }]);
    expect(live()).toHaveLength(100);
  });

  it('refuse when nothing would stay, or far too much comes', async () => {
    await run(config(many(20)));
    await expect(run(config([]))).rejects.toThrow('empty:out: none of its 20 indicators would stay');
    await expect(run(config(many(400)))).rejects.toThrow('added:out: 380 indicators would come to 20');
    await expect(run(config(many(400)), { accept: ['added'] })).resolves.toMatchObject({ release: 2 });
  });

  it('let an incomplete source add, but not withdraw', async () => {
    const broken = (values: readonly string[]) => {
      const whole = source(values.map((value) => indicator(value)));
      const part = { message: 'cut off', place: 'page 2' };
      const read: typeof whole.read = (signal, intake) => {
        intake.problem(part);
        return whole.read(signal, intake);
      };
      return { ...config([]), sources: [stage('feed', 'source', { read })] };
    };
    await run(config(['a.example', 'b.example']));
    await expect(run(broken(['a.example', 'b.example', 'c.example']))).resolves.toMatchObject({
      release: 2,
      guard: [],
    });
    await expect(run(broken(['c.example']))).rejects.toThrow(
      'incomplete:feed: a part could not be read, and 2 of its indicators would be withdrawn',
    );
    const always = { ...config([]).guard, incomplete: 'always' as const };
    await expect(run({ ...broken(many(5)), guard: always })).rejects.toThrow(
      'incomplete:feed: a part could not be read',
    );
  });

  it('refuse data that its origin has not confirmed for too long', async () => {
    const whole = source([indicator('a.example')]);
    const read: typeof whole.read = (signal, intake) => {
      intake.asOf(new Date(Date.now() - 3 * 86_400_000));
      return whole.read(signal, intake);
    };
    const old = { ...config([]), sources: [stage('feed', 'source', { read })] };
    await expect(run({ ...old, guard: { ...old.guard, maxAge: '2d' } })).rejects.toThrow('stale:feed');
    await expect(run({ ...old, guard: { ...old.guard, maxAge: '4d' } })).resolves.toMatchObject({ guard: [] });
  });
});

describe('reload', () => {
  it('tells the engine of other files, once', async () => {
    const engine = new Engine();
    const first = await run(config(['a.example'], engine.exporter));
    await run(config(['a.example'], engine.exporter));
    const third = await run(config(['b.example'], engine.exporter));
    expect(engine.told).toEqual(['a.example (the first)', 'b.example']);
    expect(first.exporters[0]?.reload).toMatchObject({ engine: 'made up 1.0', confirmed: true });
    expect(third.exporters[0]?.reload?.confirmed).toBe(true);
  });

  it('brings back what was live when the engine does not confirm, and says so to it', async () => {
    const engine = new Engine();
    await run(config(['a.example'], engine.exporter));
    engine.isWell = false;
    await expect(run(config(['b.example'], engine.exporter))).rejects.toMatchObject({
      ...{ code: 'RELOAD_FAILED', exitCode: 11, message: expect.stringContaining('1 rule failed') },
      hint: expect.stringContaining(
        'What was live before is live again. These engines did not confirm that either: `out`',
      ),
    });
    expect(live()).toEqual(['a.example']);
    expect(engine.told).toEqual(['a.example (the first)', 'b.example', 'a.example']);
    expect(releases()).toEqual(['2 failed run `out` was not confirmed: 1 rule failed', '1 live run']);
    engine.isWell = true;
    expect((await run(config(['c.example'], engine.exporter))).exporters[0]?.changes).toMatchObject({
      ...{ added: 1, withdrawn: 1 },
    });
  });

  it('leaves the very first files live when they are not confirmed, and tells the engine again', async () => {
    const engine = new Engine();
    engine.isWell = false;
    await expect(run(config(['a.example'], engine.exporter))).rejects.toMatchObject({
      ...{ code: 'RELOAD_FAILED', hint: expect.stringContaining('Its first files are live all the same.') },
    });
    expect(live()).toEqual(['a.example']);
    await expect(run(config(['a.example'], engine.exporter))).rejects.toMatchObject({ code: 'RELOAD_FAILED' });
    engine.isWell = true;
    await run(config(['a.example'], engine.exporter));
    await run(config(['a.example'], engine.exporter));
    expect(engine.told).toEqual(['a.example (the first)', 'a.example', 'a.example', 'a.example']);
    expect(releases()).toEqual(['3 live run', '2 failed run `out` was not confirmed: 1 rule failed', '1 live run']);
  });

  it('takes all exporters back when the engine of one does not confirm', async () => {
    const well = new Engine();
    const ill = new Engine();
    const both = (value: string) => {
      const exporters = [exporterIn(dir, 'out', well.exporter), exporterIn(dir, 'second', ill.exporter)];
      return config([value], lines, { exporters });
    };
    await run(both('a.example'));
    ill.isWell = false;
    await expect(run(both('b.example'))).rejects.toMatchObject({ code: 'RELOAD_FAILED' });
    expect(well.told).toEqual(['a.example (the first)', 'b.example', 'a.example']);
    expect(live()).toEqual(['a.example']);
  });

  it.each<[string, readonly string[], string]>([
    ['fails', ['sh', '-c', 'echo no such sensor; exit 3'], 'no such sensor'],
    ['is not here', ['no-such-program-of-ours'], 'no program `no-such-program-of-ours` is here'],
  ])('takes a command that %s for a refusal', async (_what, command, why) => {
    await run(config(['a.example']));
    const afterPublish: ExporterConfig['afterPublish'] = { command: [...command], timeout: 10 };
    const exporters = [exporterIn(dir, 'out', lines, { afterPublish })];
    await expect(run(config(['b.example'], lines, { exporters }))).rejects.toThrow(why);
    expect(live()).toEqual(['a.example']);
  });

  it('tells the engine again after a crash, although the files are the same', async () => {
    const engine = new Engine();
    await run(config(['a.example'], engine.exporter));
    const history = new History(join(dir, 'state'));
    const release = history.releases.newest('live');
    if (release === undefined) throw new Error('no release');
    history.transaction(() => history.releases.write({ ...release, state: 'publishing', unconfirmed: ['out'] }));
    history.close();
    await run(config(['a.example'], engine.exporter));
    expect(engine.told).toEqual(['a.example (the first)', 'a.example']);
    expect(releases()).toEqual(['2 live run', '1 live run']);
  });
});

describe('places', () => {
  const placed = (value: string, built: Exporter = lines, overwrite = false) => {
    const places = placeOptions.parse([{ to: join(dir, 'engine'), overwrite }]);
    return config([value], built, { exporters: [exporterIn(dir, 'out', built, { places })] });
  };
  const inPlace = () => readFileSync(join(dir, 'engine', 'all.txt'), 'utf8').trim();

  it('get the files of what goes live, and again when somebody removes them', async () => {
    const engine = new Engine();
    const report = await run(placed('a.example', engine.exporter));
    expect(inPlace()).toBe('a.example');
    expect(report.exporters[0]?.places).toMatchObject([{ written: [join(dir, 'engine', 'all.txt')], unchanged: 0 }]);
    rmSync(join(dir, 'engine', 'all.txt'));
    await run(placed('a.example', engine.exporter));
    expect(inPlace()).toBe('a.example');
    expect(engine.told).toHaveLength(2);
  });

  it('go back with everything else', async () => {
    const engine = new Engine();
    await run(placed('a.example', engine.exporter));
    engine.isWell = false;
    await expect(run(placed('b.example', engine.exporter))).rejects.toMatchObject({ code: 'RELOAD_FAILED' });
    expect(inPlace()).toBe('a.example');
    engine.isWell = true;
    await run(placed('b.example', engine.exporter));
    await back(placed('', engine.exporter));
    expect(inPlace()).toBe('a.example');
  });

  it('keep anything from going live that cannot be put into place', async () => {
    await run(config(['a.example']));
    mkdirSync(join(dir, 'engine'));
    writeFileSync(join(dir, 'engine', 'all.txt'), 'of somebody else');
    await expect(run(placed('b.example'))).rejects.toMatchObject({ code: 'PLACING_FAILED', exitCode: 3 });
    expect([live(), inPlace()]).toEqual([['a.example'], 'of somebody else']);
    await run(placed('b.example', lines, true));
    expect([live(), inPlace()]).toEqual([['b.example'], 'b.example']);
  });
});

describe('rollBack', () => {
  it('makes the release before live again, and a run brings the same back only when that is accepted', async () => {
    await run(config(['a.example']));
    await run(config(['b.example']));
    const report = await back(config([]));
    expect(live()).toEqual(['a.example']);
    expect(report.release).toMatchObject({ by: 'rollback', restored: 1 });
    await expect(run(config(['b.example']))).rejects.toThrow('rolled-back: this would bring back release 2');
    await expect(run(config(['c.example']))).resolves.toMatchObject({ release: 4, guard: [] });
  });

  it('goes to a release by number or to what was live at a moment', async () => {
    const clock = { now: () => new Date('2026-01-01T00:00:00Z') };
    await run(config(['a.example']), { clock });
    await run(config(['b.example']));
    await run(config(['c.example']));
    await back(config([]), { release: 2 });
    expect(live()).toEqual(['b.example']);
    await back(config([]), { at: new Date('2026-01-01T12:00:00Z') });
    expect(live()).toEqual(['a.example']);
    await expect(back(config([]), { release: 99 })).rejects.toThrow('no release `99`');
    await expect(back(config([]), { at: new Date('2025-01-01') })).rejects.toThrow('no release `2025-01-01');
  });

  it('says what is missing when the files are gone', async () => {
    const short = (value: string) =>
      config([value], lines, { exporters: [exporterIn(dir, 'out', lines, { keep: 1 })] });
    await run(short('a.example'));
    await run(short('b.example'));
    await expect(back(short('b.example'))).rejects.toMatchObject({ code: 'RELEASE_INCOMPLETE' });
    expect(live()).toEqual(['b.example']);
  });
});

describe('a run after a crash', () => {
  it('takes back a release whose files are gone', async () => {
    await run(config(['a.example']));
    const { fingerprint } = await run(config(['b.example']), { plan: true });
    const history = new History(join(dir, 'state'));
    const plan = history.releases.newest('planned');
    if (plan === undefined) throw new Error('no plan');
    history.transaction(() => history.releases.write({ ...plan, state: 'publishing' }));
    history.close();
    rmSync(join(dir, 'out', 'generations', plan.exporters[0]?.generation ?? ''), { recursive: true });
    const report = await run(config(['a.example']));
    expect(report.exporters[0]?.changes).toMatchObject({ added: 0, withdrawn: 0 });
    expect(releases()).toEqual(['2 failed run cut short, and its files were gone', '1 live run']);
    expect(fingerprint).toBeDefined();
  });
});

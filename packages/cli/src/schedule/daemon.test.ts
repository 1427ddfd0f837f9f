import { type PipelineConfig, pipelineError, type RunReport } from '@misp-pipeline/core';
import { RecordingLogger } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { aRunReport } from '../../testing/made-up-report.ts';
import { ManualTime, settled } from '../../testing/manual-time.ts';
import { folder, operated, SCHEDULE } from '../../testing/operated-config.ts';
import { OperationStore } from '../metrics/operation-store.ts';
import { Daemon } from './daemon.ts';
import type { ScheduledConfig } from './scheduled-config.ts';

const MINUTE = 60;

/** A run that the test ends when it likes. */
interface StartedRun {
  readonly at: string;
  readonly config: PipelineConfig;
  readonly signal: AbortSignal;
  end(error?: Error): Promise<void>;
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A daemon at half past noon whose runs end at once, unless they are `held`. */
async function begin(configs: readonly PipelineConfig[] = [operated()], { held = false, random = 0 } = {}) {
  const time = new ManualTime('2026-11-24T12:31:00Z');
  const disk = new Map<string, PipelineConfig | Error>(configs.map((config) => [config.file, config]));
  const runs: StartedRun[] = [];
  const { logger, lines } = new RecordingLogger();
  const stop = new AbortController();
  const read = async (file: string): Promise<PipelineConfig> => {
    const config = disk.get(file);
    if (config === undefined || config instanceof Error) throw config ?? new Error('gone');
    return config;
  };
  const daemon = await Daemon.of([...disk.keys()], read, {
    ...{ time, logger, random: () => random },
    runOnce: (config, { signal }) => {
      const { promise, resolve, reject } = Promise.withResolvers<RunReport>();
      const end = async (error?: Error) => {
        if (error === undefined) resolve(aRunReport());
        else reject(error);
        await settled();
      };
      runs.push({ at: time.now().toISOString().slice(11, 19), config, signal, end });
      if (!held) resolve(aRunReport());
      return promise;
    },
  });
  const work = daemon.work(stop.signal);
  stops.push(async () => {
    stop.abort();
    for (const run of runs) await run.end();
    await work;
  });
  await settled();
  const status = (i = 0) => daemon.statuses()[i];
  return { daemon, time, disk, runs, lines, stop, work, status, starts: () => runs.map(({ at }) => at) };
}

const counted = () => new OperationStore(operated().state).read().runs;

/** As if the last run had begun then. */
function lastRunAt(startedAt: string): void {
  const lastRun = { runId: 'before', startedAt, finishedAt: startedAt, exitCode: 0, guard: {} };
  new OperationStore(operated().state).update((state) => ({ ...state, lastRun }));
}

describe('the daemon', () => {
  it('runs a pipeline that has never run at once, and then whenever it is due', async () => {
    const { time, starts } = await begin();
    await time.pass(10 * MINUTE);
    expect(starts()).toEqual(['12:31:00', '12:35:00', '12:40:00']);
    expect(counted()).toEqual({ success: 3, failure: 0, guard: 0, skipped: 0 });
  });

  it.each([
    ['run', '2026-11-24T12:30:00.000Z', []],
    ['run', '2026-11-24T12:20:00.000Z', ['12:31:00']],
    ['skip', '2026-11-24T12:20:00.000Z', []],
  ] as const)('with `missed: %s`, and the last run at %s, begins with %j', async (missed, last, first) => {
    lastRunAt(last);
    const { time, starts } = await begin([operated({ schedule: { ...SCHEDULE, missed } })]);
    await time.pass(4 * MINUTE);
    expect(starts()).toEqual([...first, '12:35:00']);
  });

  it('waits for the first due time where missed runs are left out and there was none', async () => {
    const { starts, status } = await begin([operated({ schedule: { ...SCHEDULE, missed: 'skip' } })]);
    expect(starts()).toEqual([]);
    expect(status()?.daemon).toMatchObject({ nextRun: new Date('2026-11-24T12:35:00Z'), running: false, ready: false });
  });

  it('leaves out, counts and logs a run that is due while one is going on', async () => {
    const { time, runs, lines, starts, status } = await begin(undefined, { held: true });
    await time.pass(10 * MINUTE);
    expect(starts()).toEqual(['12:31:00']);
    expect(status()?.daemon?.running).toBe(true);
    expect(counted()).toMatchObject({ success: 0, skipped: 2 });
    expect(lines.join('\n')).toContain('2026-11-24T12:35:00.000Z is left out: the one before is still going on');
    await runs[0]?.end();
    await time.pass(5 * MINUTE);
    expect(starts()).toEqual(['12:31:00', '12:45:00']);
  });

  it('goes on after a failed run, whatever failed', async () => {
    const { time, runs, lines, starts } = await begin(undefined, { held: true });
    await runs[0]?.end(pipelineError('SOURCE_UNREACHABLE', { source: 'cert', why: 'no route' }));
    await time.pass(4 * MINUTE);
    await runs[1]?.end(new TypeError('x is not a function'));
    await time.pass(5 * MINUTE);
    expect(starts()).toEqual(['12:31:00', '12:35:00', '12:40:00']);
    expect(counted()).toMatchObject({ failure: 2 });
    expect(lines.filter((line) => line.startsWith('error')).join('\n')).toMatch(/SOURCE_UNREACHABLE.*UNEXPECTED/s);
  });

  it('counts a run for which another process holds the state folder as skipped, with a warning', async () => {
    const { runs, lines, status } = await begin(undefined, { held: true });
    await runs[0]?.end(pipelineError('LOCK_HELD', { state: 's', holder: 'process 1' }));
    expect(counted()).toEqual({ success: 0, failure: 0, guard: 0, skipped: 1 });
    expect(status()?.state.lastRun).toBeUndefined();
    expect(lines.join('\n')).toMatch(/warn .*LOCK_HELD/s);
    expect(lines.join('\n')).not.toMatch(/^error/m);
  });

  it('delays runs by a part of the jitter', async () => {
    lastRunAt('2026-11-24T12:30:00.000Z');
    const { time, starts } = await begin([operated({ schedule: { ...SCHEDULE, jitter: '1m' } })], { random: 0.5 });
    await time.pass(9 * MINUTE + 30);
    expect(starts()).toEqual(['12:35:30', '12:40:30']);
  });

  it('runs once, soon, when the machine has slept', async () => {
    const { time, starts } = await begin();
    time.set('2026-11-24T18:02:00Z');
    await time.pass(20);
    expect(starts()).toHaveLength(2);
    await time.pass(3 * MINUTE);
    expect(starts()).toEqual(['12:31:00', expect.stringMatching(/^18:02:/), '18:05:00']);
  });

  it('runs nothing twice when the clock is set back a little, and goes on when it is set back far', async () => {
    const { time, starts } = await begin();
    await time.pass(4 * MINUTE);
    time.set('2026-11-24T12:34:50Z');
    await time.pass(30);
    expect(starts()).toEqual(['12:31:00', '12:35:00']);
    time.set('2026-11-24T09:01:00Z');
    await time.pass(4 * MINUTE + 1);
    expect(starts()).toEqual(['12:31:00', '12:35:00', '09:05:00']);
  });

  it('tells the run under way to stop, and ends when it has', async () => {
    const { runs, stop, work, lines } = await begin(undefined, { held: true });
    let ended = false;
    void work.then(() => (ended = true));
    stop.abort();
    await settled();
    expect([runs[0]?.signal.aborted, ended]).toEqual([true, false]);
    await runs[0]?.end(pipelineError('INTERRUPTED', {}));
    expect(ended).toBe(true);
    expect(counted()).toEqual({ success: 0, failure: 0, guard: 0, skipped: 0 });
    expect(lines.join('\n')).not.toMatch(/^error/m);
  });

  it('is ready after a success, until two due times pass without a run', async () => {
    const { time, runs, status } = await begin(undefined, { held: true });
    expect(status()?.daemon?.ready).toBe(false);
    await runs[0]?.end();
    expect(status()?.daemon?.ready).toBe(true);
    await time.pass(11 * MINUTE);
    expect(status()?.daemon?.ready).toBe(false);
  });
});

describe('the daemon that reads its configs again', () => {
  const hourly = (parts: Partial<ScheduledConfig> = {}) =>
    operated({ schedule: { ...SCHEDULE, cron: '0 * * * *' }, ...parts });

  it('follows the new ones, without a run for the change itself', async () => {
    const { daemon, time, disk, starts, status } = await begin([hourly()]);
    disk.set(hourly().file, operated({ name: 'renamed' }));
    await daemon.reload();
    expect(status()).toMatchObject({ name: 'renamed', daemon: { nextRun: new Date('2026-11-24T12:35:00Z') } });
    await time.pass(4 * MINUTE);
    expect(starts()).toEqual(['12:31:00', '12:35:00']);
  });

  it('loses no run that waits for its jitter', async () => {
    lastRunAt('2026-11-24T12:30:00.000Z');
    const config = operated({ schedule: { ...SCHEDULE, jitter: '1m' } });
    const { daemon, time, starts } = await begin([config], { random: 0.5 });
    await time.pass(4 * MINUTE + 10);
    await daemon.reload();
    await time.pass(20);
    expect(starts()).toEqual(['12:35:30']);
  });

  it('keeps an old one in force where the new one is wrong, and says so until it is right', async () => {
    const other = operated({ file: `${folder}/other.yaml`, name: 'other', state: `${folder}/other` });
    const { daemon, time, disk, runs, lines, status } = await begin([operated(), other]);
    disk.set(operated().file, pipelineError('CONFIG_INVALID', { faults: ['c.yaml:3 filter: unknown key'] }));
    disk.set(other.file, { ...other, metrics: { file: `${folder}/other.prom` } });
    await daemon.reload();
    expect([status(0)?.daemon?.staleSince, status(1)?.daemon?.staleSince]).toEqual([time.now(), undefined]);
    expect(lines.join('\n')).toMatch(/error .*the old config stays in force: .*c\.yaml:3 filter: unknown key/s);
    await time.pass(4 * MINUTE);
    expect(runs.map(({ config }) => config.metrics.file)).toEqual([
      undefined,
      undefined,
      undefined,
      `${other.state}.prom`,
    ]);
    disk.set(operated().file, operated());
    await daemon.reload();
    expect(status(0)?.daemon?.staleSince).toBeUndefined();
  });

  it.each<[string, Partial<PipelineConfig>]>([
    ['without a schedule', { schedule: undefined }],
    ['with the name of another', { name: 'other' }],
  ])('takes none %s', async (_, parts) => {
    const other = operated({ file: `${folder}/other.yaml`, name: 'other', state: `${folder}/other` });
    const { daemon, disk, status } = await begin([operated(), other]);
    disk.set(operated().file, { ...operated(), ...parts });
    await daemon.reload();
    expect(status(0)).toMatchObject({ name: 'test', daemon: { staleSince: expect.any(Date) } });
  });

  it('does not begin with configs that get into each other’s way, and says where, but not what they share', async () => {
    const other = { file: `${folder}/other.yaml`, metrics: { listen: '127.0.0.1:2' } };
    const first = operated({ metrics: { listen: '127.0.0.1:1' } });
    const both = `${first.file} and ${other.file}, which share one daemon`;
    await expect(begin([first, operated(other)])).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: [
        'the config has 3 faults',
        `${folder}/other.yaml name: is the same in ${both}`,
        `${folder}/other.yaml state: is the same in ${both}`,
        `${folder}/other.yaml metrics.listen: has to be the same in ${both}`,
      ].join('\n  '),
    });
  });
});

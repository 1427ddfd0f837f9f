import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { EXIT, type Logger, messageOf, type RunOptions, type RunReport } from '@misp-pipeline/core';
import type { PipelineStatus } from '../metrics/family.ts';
import { afterSkip, type OperationState } from '../metrics/operation-state.ts';
import { OperationStore } from '../metrics/operation-store.ts';
import { failureOf } from '../metrics/outcome.ts';
import { type DueRun, DueTimes } from './due-times.ts';
import { observedRun } from './observed-run.ts';
import type { ScheduledConfig } from './scheduled-config.ts';
import type { Time } from './time.ts';

/** The longest time asleep, in milliseconds: only who is awake notices that the clock was set, or that the machine slept. */
const NAP = 15_000;

export interface JobOptions {
  readonly time: Time;
  /** Gives 0 to 1. */
  readonly random: () => number;
  readonly logger: Logger;
  /** Does one run. */
  readonly runOnce: (config: ScheduledConfig, run: RunOnceOptions) => Promise<RunReport>;
}

/** What a scheduled run is given. */
export type RunOnceOptions = Pick<RunOptions, 'runId' | 'logger' | 'signal' | 'clock'>;

/** One pipeline of the daemon: runs it when it is due, never twice at once, whatever becomes of a run. */
export class Job {
  readonly #options: JobOptions;
  #config: ScheduledConfig;
  #dueTimes: DueTimes;
  #running: Promise<void> | undefined;
  #staleSince: Date | undefined;
  #wake = new AbortController();

  constructor(config: ScheduledConfig, options: JobOptions) {
    this.#config = config;
    this.#options = options;
    this.#dueTimes = new DueTimes(config.schedule, this.#servedUntil(), options.random);
  }

  get config(): ScheduledConfig {
    return this.#config;
  }

  /** Until `signal` aborts, and a run that is under way has ended, which the same signal tells to stop. */
  async work(signal: AbortSignal): Promise<void> {
    const { time } = this.#options;
    while (!signal.aborted) {
      const now = time.now();
      const next = this.#dueTimes.next(now);
      const wait = next === undefined ? NAP : next.startsAt.getTime() - now.getTime();
      if (next !== undefined && wait <= 0) this.#serve(next, now, signal);
      else await time.sleep(Math.min(wait, NAP), AbortSignal.any([signal, this.#wake.signal]));
    }
    await this.#running;
  }

  /** Takes another config, from the next run on. */
  replaceConfig(config: ScheduledConfig): void {
    const { time, random } = this.#options;
    // What the old schedule has not served yet, the new one does not know.
    if (!isDeepStrictEqual(config.schedule, this.#config.schedule))
      this.#dueTimes = new DueTimes(config.schedule, time.now(), random);
    this.#config = config;
    this.#staleSince = undefined;
    this.#logger.info('the config was read again');
    this.#wake.abort();
    this.#wake = new AbortController();
  }

  /** Goes on with the config that is in force, because the one on disk is wrong. */
  keepConfig(fault: unknown): void {
    this.#staleSince ??= this.#options.time.now();
    const { code, hint, message } = failureOf(fault);
    this.#logger.error({ code, hint }, `the old config stays in force: ${message}`);
  }

  status(): PipelineStatus {
    const now = this.#options.time.now();
    const state = this.#store.read();
    const daemon = {
      nextRun: this.#dueTimes.next(now)?.startsAt,
      running: this.#running !== undefined,
      ready: this.#isReady(state, now),
      staleSince: this.#staleSince,
    };
    return { name: this.#config.name, state, daemon };
  }

  get #logger(): Logger {
    return this.#options.logger.child({ pipeline: this.#config.name });
  }

  get #store(): OperationStore {
    return new OperationStore(this.#config.state);
  }

  /** Everything was served until the last run. One that was never run is due at once, unless missed runs are left out. */
  #servedUntil(): Date {
    const { lastRun } = this.#store.read();
    if (lastRun !== undefined) return new Date(lastRun.startedAt);
    return this.#config.schedule.missed === 'run' ? new Date(0) : this.#options.time.now();
  }

  #isReady({ lastRun, lastSuccessAt }: OperationState, now: Date): boolean {
    if (lastRun === undefined || lastSuccessAt === undefined) return false;
    const freshUntil = this.#dueTimes.freshUntil(new Date(lastRun.finishedAt));
    return freshUntil === undefined || now <= freshUntil;
  }

  #serve(next: DueRun, now: Date, signal: AbortSignal): void {
    const isLeftOut = this.#dueTimes.leavesOut(next, now);
    this.#dueTimes.serve(now);
    const due = `the run that was due at ${next.due.toISOString()}`;
    if (isLeftOut) this.#skip(`${due} was missed and is left out`);
    else if (this.#running !== undefined) this.#skip(`${due} is left out: the one before is still going on`);
    else this.#running = this.#run(signal).finally(() => (this.#running = undefined));
  }

  #skip(why: string): void {
    this.#logger.warn(why);
    try {
      this.#store.update(afterSkip);
    } catch (error) {
      this.#logger.error(`it is not counted: ${messageOf(error)}`);
    }
  }

  /** One run; its failure is logged and goes no further. */
  async #run(signal: AbortSignal): Promise<void> {
    const { time: clock, runOnce } = this.#options;
    const config = this.#config;
    const runId = randomUUID();
    const run = { runId, clock, signal, logger: this.#logger.child({ run: runId }) };
    run.logger.info('the run begins');
    try {
      const { release, funnel } = await observedRun(config, run, () => runOnce(config, run));
      run.logger.info({ release, exported: funnel.exported }, 'the run has ended well');
    } catch (error) {
      const { code, exitCode, hint, message } = failureOf(error);
      const level = exitCode === EXIT.locked || exitCode === EXIT.interrupted ? 'warn' : 'error';
      run.logger[level]({ code, exitCode, hint }, message);
    }
  }
}

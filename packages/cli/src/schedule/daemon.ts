import type { PipelineConfig } from '@misp-pipeline/core';
import type { PipelineStatus } from '../metrics/family.ts';
import { Job, type JobOptions } from './job.ts';
import { refuseClashes, type ScheduledConfig, scheduled } from './scheduled-config.ts';

/** Reads a config file as it is now. */
export type ReadConfig = (file: string) => Promise<PipelineConfig>;

/** Runs pipelines, each by its own schedule. */
export class Daemon {
  readonly #jobs: readonly Job[];
  readonly #read: ReadConfig;
  #reloading: Promise<void> = Promise.resolve();

  private constructor(jobs: readonly Job[], read: ReadConfig) {
    this.#jobs = jobs;
    this.#read = read;
  }

  /** Reads all configs. Throws CONFIG_INVALID when one is wrong: a daemon begins with right ones only. */
  static async of(files: readonly string[], read: ReadConfig, options: JobOptions): Promise<Daemon> {
    const configs: ScheduledConfig[] = [];
    for (const file of files) configs.push(scheduled(await read(file)));
    refuseClashes(configs);
    return new Daemon(
      configs.map((config) => new Job(config, options)),
      read,
    );
  }

  /** The config that says where metrics and health are to be served; undefined for nowhere. */
  get listening(): ScheduledConfig | undefined {
    return this.#jobs.map(({ config }) => config).find(({ metrics }) => metrics.listen !== undefined);
  }

  /** Until `signal` aborts and no run is under way any more. */
  async work(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#jobs.map((job) => job.work(signal)));
  }

  /** Reads all configs again. Where that fails, the one that is in force stays, and the job is marked. */
  reload(): Promise<void> {
    this.#reloading = this.#reloading.then(() => this.#reload());
    return this.#reloading;
  }

  statuses(): PipelineStatus[] {
    return this.#jobs.map((job) => job.status());
  }

  async #reload(): Promise<void> {
    const read = await Promise.all(this.#jobs.map((job) => this.#readAgain(job)));
    const clash = clashOf(read.map(({ job, config = job.config }) => config));
    for (const { job, config, fault } of read) {
      if (config !== undefined && clash === undefined) job.replaceConfig(config);
      else job.keepConfig(fault ?? clash);
    }
  }

  async #readAgain(job: Job): Promise<{ job: Job; config?: ScheduledConfig; fault?: unknown }> {
    try {
      return { job, config: scheduled(await this.#read(job.config.file)) };
    } catch (fault) {
      return { job, fault };
    }
  }
}

function clashOf(configs: readonly PipelineConfig[]): unknown {
  try {
    refuseClashes(configs);
    return undefined;
  } catch (clash) {
    return clash;
  }
}

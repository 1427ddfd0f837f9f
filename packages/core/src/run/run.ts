import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import { type Clock, systemClock } from '../clock.ts';
import type { PipelineConfig } from '../config/config.ts';
import { isPipelineError, messageOf, pipelineError } from '../errors.ts';
import { IdStore } from '../ids/store.ts';
import { appContainer, runContainer } from '../injection.ts';
import type { Logger } from '../logger.ts';
import type { Batch } from '../plugin.ts';
import { type ExportOptions, publishAll, type Rehearse, renderAll, reportOf } from './export.ts';
import { applyAll } from './filter-step.ts';
import { funnelOf } from './funnel.ts';
import { lockState } from './lock.ts';
import type { ExporterReport, RunReport } from './report.ts';
import type { SourceStep } from './source-step.ts';
import { Stages } from './stages.ts';
import type { Progress, Trace } from './trace.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Do everything but publish: no file of an exporter is written and no number is remembered. */
  readonly dryRun?: boolean;
  /**
   * Repeat an earlier run for somebody who watches: sources read what they have mirrored rather than the network,
   * nothing is published, and a run under way is not disturbed.
   */
  readonly replay?: boolean;
  /** Ask for everything again, whatever is mirrored. */
  readonly full?: boolean;
  readonly trace?: Trace;
  /** What to do with each exporter's files before they go live. */
  readonly rehearse?: Rehearse;
  readonly progress?: Progress;
}

/**
 * One run: sources, filters, collect, exporters, publish. Nothing is published unless everything went well, and then
 * everything is. Throws a PipelineError; the files that are live stay untouched then.
 */
export async function runPipeline(config: PipelineConfig, options: RunOptions): Promise<RunReport> {
  // Mirrors hold what may not be shown to everybody on this machine.
  mkdirSync(config.state, { recursive: true, mode: 0o700 });
  const { clock = systemClock, logger, trace, progress, replay = false, full = false } = options;
  const lock = replay ? undefined : lockState(config.state, clock.now());
  const ids = new IdStore(config.state);
  const container = runContainer(appContainer({ clock, logger }));
  const stages = new Stages(config, { container, ids, logger, replay, full, trace, progress });
  try {
    return await new Run(config, options, clock, ids, stages).run();
  } finally {
    await stages.close();
    ids.close();
    lock?.release();
  }
}

class Run {
  readonly #config: PipelineConfig;
  readonly #options: RunOptions;
  readonly #clock: Clock;
  readonly #startedAt: Date;
  readonly #runId = randomUUID();
  readonly #ids: IdStore;
  readonly #stages: Stages;

  constructor(config: PipelineConfig, options: RunOptions, clock: Clock, ids: IdStore, stages: Stages) {
    this.#config = config;
    this.#options = options;
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#ids = ids;
    this.#stages = stages;
  }

  get #isDry(): boolean {
    return this.#options.dryRun === true || this.#options.replay === true;
  }

  async run(): Promise<RunReport> {
    const { sources, allFilters, common } = this.#stages;
    for (const step of allFilters) {
      await this.#guarded(`filter ${step.id}`, async () => step.filter.open?.(this.#options.signal));
    }
    for (const source of sources) await this.#guarded(`source ${source.id}`, () => this.#pump(source));
    const passed = common.added;
    const collected = common.collected();
    const staged = await renderAll(this.#stages.branches, {
      collectedOf: ({ collector }) => (collector === common ? collected : collector.collected()),
      ...this.#exportOptions(),
    });
    this.#stopIfAborted();
    if (this.#isDry)
      return this.#report(
        staged.map((one) => reportOf(one)),
        { passed, merged: collected.size },
      );
    this.#ids.save();
    return this.#report(publishAll(staged), { passed, merged: collected.size });
  }

  /** Takes everything from one source through the filters into the collectors. */
  async #pump(step: SourceStep): Promise<void> {
    const { filters, branches, common } = this.#stages;
    const own = branches.filter((branch) => branch.filters.length > 0);
    for await (const batch of step.source.read(this.#options.signal, step)) {
      this.#stopIfAborted();
      step.handedOn(batch);
      const left: Batch = await applyAll(filters, batch);
      for (const indicator of left) common.add(indicator);
      for (const branch of own) {
        for (const indicator of await applyAll(branch.filters, left)) branch.collector.add(indicator);
      }
      // Lets signals and sockets have their turn: what the source has asked for arrives while this batch is worked on.
      await eventLoopTurn();
    }
  }

  #exportOptions(): Omit<ExportOptions, 'collectedOf'> {
    const { signal, trace, progress, rehearse, replay = false } = this.#options;
    const guarded: ExportOptions['guarded'] = (what, action) => this.#guarded(what, action);
    return { pipeline: this.#config.name, dryRun: this.#isDry, replay, signal, trace, progress, rehearse, guarded };
  }

  #stopIfAborted(): void {
    if (this.#options.signal.aborted) throw pipelineError('INTERRUPTED', {});
  }

  /** Gives what a stage throws the name of the stage, unless it says what is wrong itself. */
  async #guarded<T>(what: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      this.#stopIfAborted();
      if (isPipelineError(error)) throw error;
      throw pipelineError('STAGE_FAILED', { stage: what, why: messageOf(error) }, error);
    }
  }

  #report(exporters: readonly ExporterReport[], counts: { passed: number; merged: number }): RunReport {
    const sources = this.#stages.sources.map((source) => source.report());
    const common = this.#stages.filters.map((filter) => filter.report());
    return {
      runId: this.#runId,
      pipeline: this.#config.name,
      config: this.#config.file,
      startedAt: this.#startedAt.toISOString(),
      finishedAt: this.#clock.now().toISOString(),
      dryRun: this.#isDry,
      release: undefined,
      guard: [],
      latency: undefined,
      funnel: funnelOf(sources, common, exporters, counts),
      sources,
      filters: this.#stages.allFilters.map((filter) => filter.report()),
      exporters,
    };
  }
}

import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import { Causes } from '../changes/causes.ts';
import { LiveEntries } from '../changes/live-entries.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { PipelineConfig } from '../config/config.ts';
import { isPipelineError, messageOf, pipelineError } from '../errors.ts';
import type { History } from '../history/history.ts';
import { IdStore } from '../ids/store.ts';
import { appContainer, runContainer } from '../injection.ts';
import type { Logger } from '../logger.ts';
import type { Batch } from '../plugin.ts';
import { type Delivered, Delivery, type DeliveryOptions, type Intent } from '../release/delivery.ts';
import { openWritable } from '../release/open.ts';
import { type ExportOptions, type Rehearse, renderAll, type StagedExport } from './export.ts';
import { applyAll } from './filter-step.ts';
import { writingState } from './full-state.ts';
import { lockState } from './lock.ts';
import { Opened } from './opened.ts';
import type { RunReport } from './report.ts';
import { type ReportedRun, runReport } from './run-report.ts';
import type { SourceStep } from './source-step.ts';
import { Stages } from './stages.ts';
import type { Progress, Trace } from './trace.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Do everything but publish: no file of an exporter is written and no number is remembered. */
  readonly dryRun?: boolean;
  /** Make everything ready and remember it for `applyPlan`, but let nothing go live. */
  readonly plan?: boolean;
  /** Findings of guards that are accepted, such as `withdrawn:suricata`, or all of one guard, such as `withdrawn`. */
  readonly accept?: readonly string[];
  /**
   * Repeat an earlier run for somebody who watches: sources read what they have mirrored rather than the network,
   * nothing is published, and a run under way is not disturbed.
   */
  readonly replay?: boolean;
  /** Ask for everything again, whatever is mirrored. */
  readonly full?: boolean;
  /** Names the run in its report and in the history; a random one by default. */
  readonly runId?: string;
  readonly trace?: Trace;
  /** Told what a run has made that then was not published, since a guard refused it or an engine did not confirm it. */
  readonly refused?: (report: RunReport) => void;
  /** Told of a run that has ended well, while nobody else can begin one: for what has to follow what is live. */
  readonly settled?: (report: RunReport) => Promise<void>;
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
  const { clock = systemClock, replay = false, settled } = options;
  const lock = replay ? undefined : lockState(config.state, clock.now());
  try {
    const report = await writingState(config.state, () => runAlone(config, options));
    await settled?.(report);
    return report;
  } finally {
    lock?.release();
  }
}

/** The run, with nothing left open or in memory behind it. */
async function runAlone(config: PipelineConfig, options: RunOptions): Promise<RunReport> {
  const { logger, clock = systemClock, runId = randomUUID(), trace, progress, replay = false, full = false } = options;
  const opened = new Opened();
  try {
    const ids = opened.add(new IdStore(config.state), (store) => store.close());
    const history = replay ? undefined : openWritable(config.state, logger, clock.now());
    if (history !== undefined) opened.add(history, (book) => book.close());
    const watched = history && watch(history);
    const container = runContainer(appContainer({ clock, logger }));
    const made = new Stages(config, { container, ids, logger, replay, full, trace, progress, causes: watched?.causes });
    const stages = opened.add(made, (all) => all.close());
    return await new Run({ config, options, runId, clock, ids, stages, watched }).run();
  } finally {
    await opened.close();
  }
}

/** What is live, and what becomes of it in the run. */
type Watched = Pick<DeliveryOptions, 'history' | 'live' | 'causes'>;

function watch(history: History): Watched {
  const live = new LiveEntries(history.entries);
  return { history, live, causes: new Causes(live) };
}

interface RunParts {
  readonly config: PipelineConfig;
  readonly options: RunOptions;
  readonly runId: string;
  readonly clock: Clock;
  readonly ids: IdStore;
  readonly stages: Stages;
  /** Undefined when a run is repeated. */
  readonly watched: Watched | undefined;
}

class Run {
  readonly #parts: RunParts;
  readonly #options: RunOptions;
  readonly #stages: Stages;
  readonly #startedAt: Date;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#options = parts.options;
    this.#stages = parts.stages;
    this.#startedAt = parts.clock.now();
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
    const counts = { passed, merged: collected.size };
    const { watched } = this.#parts;
    if (watched === undefined) return this.#report(staged, counts, undefined);
    const delivery = this.#delivery(watched);
    try {
      return this.#report(staged, counts, await delivery.deliver(staged));
    } catch (error) {
      if (delivery.seen !== undefined) this.#options.refused?.(this.#report(staged, counts, delivery.seen));
      throw error;
    }
  }

  #delivery(watched: Watched): Delivery {
    const { config, clock, ids, runId } = this.#parts;
    const { signal, accept = [] } = this.#options;
    return new Delivery({
      ...{ config, ...watched, intent: this.#intent, runId, accept, signal, now: this.#startedAt },
      sources: this.#stages.sources.map((source) => source.report()),
      saveIds: () => ids.save(),
      clock: () => clock.now(),
    });
  }

  get #intent(): Intent {
    if (this.#isDry) return 'look';
    return this.#options.plan === true ? 'plan' : 'publish';
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
    return {
      pipeline: this.#parts.config.name,
      dryRun: this.#isDry,
      replay,
      signal,
      trace,
      progress,
      rehearse,
      guarded,
    };
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

  #report(staged: readonly StagedExport[], counts: ReportedRun['counts'], delivered: Delivered | undefined): RunReport {
    const { config, clock, runId, stages } = this.#parts;
    const times = { startedAt: this.#startedAt, finishedAt: clock.now() };
    return runReport({
      config,
      runId,
      ...times,
      dryRun: this.#isDry,
      intent: this.#intent,
      stages,
      staged,
      counts,
      delivered,
    });
  }
}

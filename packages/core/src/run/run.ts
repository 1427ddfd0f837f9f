import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import { type Clock, systemClock } from '../clock.ts';
import type { ExporterConfig, PipelineConfig, StageConfig } from '../config/config.ts';
import { isPipelineError, messageOf, pipelineError } from '../errors.ts';
import { IdStore } from '../ids/store.ts';
import { appContainer, buildStage, runContainer } from '../injection.ts';
import type { Logger } from '../logger.ts';
import type { PluginKind, StageOf } from '../plugin.ts';
import type { Branch } from './branch.ts';
import { Collector } from './collect.ts';
import type { Collected } from './collected.ts';
import { publishAll, renderAll, reportOf } from './export.ts';
import { applyAll, FilterStep } from './filter-line.ts';
import { lockState } from './lock.ts';
import type { Funnel, RunReport } from './report.ts';
import { SourceStep } from './source-step.ts';
import type { Progress, Trace } from './trace.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Do everything but publish: no file of an exporter is written and no number is remembered. */
  readonly dryRun?: boolean;
  /** Read what earlier runs have mirrored rather than the network, where a source can. */
  readonly replay?: boolean;
  readonly trace?: Trace;
  readonly progress?: Progress;
}

/**
 * One run: sources, filters, collect, exporters, publish. Nothing is published unless everything went well, and then
 * everything is. Throws a PipelineError; the files that are live stay untouched then.
 */
export async function runPipeline(config: PipelineConfig, options: RunOptions): Promise<RunReport> {
  mkdirSync(config.state, { recursive: true });
  const clock = options.clock ?? systemClock;
  const lock = lockState(config.state, clock.now());
  const ids = new IdStore(config.state);
  const run = new Run(config, options, runContainer(appContainer({ clock, logger: options.logger })), ids, clock);
  try {
    return await run.run();
  } finally {
    await run.close();
    ids.close();
    lock.release();
  }
}

class Run {
  readonly #config: PipelineConfig;
  readonly #options: RunOptions;
  readonly #container: DependencyContainer;
  readonly #ids: IdStore;
  readonly #clock: Clock;
  readonly #startedAt: Date;
  readonly #opened: { close?(): Promise<void> | void }[] = [];

  constructor(config: PipelineConfig, options: RunOptions, container: DependencyContainer, ids: IdStore, clock: Clock) {
    this.#config = config;
    this.#options = options;
    this.#container = container;
    this.#ids = ids;
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  async run(): Promise<RunReport> {
    const { trace, progress } = this.#options;
    const sources = this.#config.sources.map((stage) => {
      const source = this.#build('source', stage, stage.id);
      return new SourceStep(stage.id, stage.resolved.plugin.name, source, trace, progress);
    });
    const filters = this.#config.filters.map((stage) => this.#filterStep(stage, undefined));
    const common = new Collector();
    const branches = this.#config.exporters.map((stage) => this.#branch(stage, common));
    for (const step of [...filters, ...branches.flatMap((branch) => branch.filters)]) await this.#open(step);
    for (const source of sources) await this.#pump(source, filters, branches, common);
    const passed = common.added;
    const collected = common.collected();
    const results = await this.#export(branches, common, collected);
    return this.#report({ sources, filters, branches, passed, merged: collected.size, results });
  }

  /** Closes every stage that was built, the last one first. */
  async close(): Promise<void> {
    for (const stage of this.#opened.reverse()) {
      try {
        await stage.close?.();
      } catch (error) {
        this.#options.logger.warn(`a stage did not close: ${messageOf(error)}`);
      }
    }
  }

  #build<K extends PluginKind>(kind: K, stage: StageConfig, name: string): StageOf[K] {
    const stateDir = join(this.#config.state, 'stages', `${kind}-${name}`);
    mkdirSync(stateDir, { recursive: true });
    const own = { id: stage.id, stateDir, ids: this.#ids.stage(name), replay: this.#options.replay ?? false };
    const built = buildStage(this.#container, kind, stage.resolved.plugin, stage.options, own);
    this.#opened.push(built);
    return built;
  }

  #filterStep(stage: StageConfig, exporter: string | undefined): FilterStep {
    const filter = this.#build('filter', stage, exporter === undefined ? stage.id : `${exporter}.${stage.id}`);
    return new FilterStep(stage.id, stage.resolved.plugin.name, filter, exporter, this.#options.trace);
  }

  #branch(config: ExporterConfig, common: Collector): Branch {
    const exporter = this.#build('exporter', config, config.id);
    const filters = config.filters.map((stage) => this.#filterStep(stage, config.id));
    return { config, filters, exporter, collector: filters.length === 0 ? common : new Collector() };
  }

  async #open(step: FilterStep): Promise<void> {
    await this.#guarded(`filter ${step.id}`, async () => step.filter.open?.(this.#options.signal));
  }

  async #pump(
    step: SourceStep,
    filters: readonly FilterStep[],
    branches: readonly Branch[],
    common: Collector,
  ): Promise<void> {
    const own = branches.filter((branch) => branch.filters.length > 0);
    await this.#guarded(`source ${step.id}`, async () => {
      for await (const batch of step.source.read(this.#options.signal, step)) {
        this.#stopIfAborted();
        step.handedOn(batch.length);
        if (this.#options.trace) for (const indicator of batch) this.#options.trace.normalised(step.id, indicator);
        const left = await applyAll(filters, batch);
        for (const indicator of left) common.add(indicator);
        for (const branch of own) {
          for (const indicator of await applyAll(branch.filters, left)) branch.collector.add(indicator);
        }
      }
    });
  }

  async #export(branches: readonly Branch[], common: Collector, collected: Collected) {
    const { trace, progress, dryRun = false, signal } = this.#options;
    const staged = await renderAll(
      branches,
      (branch) => (branch.collector === common ? collected : branch.collector.collected()),
      {
        pipeline: this.#config.name,
        dryRun,
        signal,
        trace,
        progress,
        guarded: (what, action) => this.#guarded(what, action),
      },
    );
    this.#stopIfAborted();
    if (dryRun) return staged.map((one) => reportOf(one, undefined));
    this.#ids.save();
    return publishAll(staged);
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

  #report(parts: ReportParts): RunReport {
    const sources = parts.sources.map((source) => source.report());
    const filters = parts.filters.map((filter) => filter.report());
    const branchFilters = parts.branches.flatMap((branch) => branch.filters.map((filter) => filter.report()));
    const dropped: Record<string, number> = {};
    for (const filter of filters) {
      for (const [reason, count] of Object.entries(filter.dropped)) dropped[reason] = (dropped[reason] ?? 0) + count;
    }
    const funnel: Funnel = {
      read: sum(sources.map((source) => source.read)),
      rejected: sum(sources.flatMap((source) => Object.values(source.rejected))),
      normalised: sum(sources.map((source) => source.indicators)),
      dropped,
      passed: parts.passed,
      merged: parts.merged,
      exported: Object.fromEntries(parts.results.map(({ id, exported }) => [id, exported])),
    };
    return {
      pipeline: this.#config.name,
      config: this.#config.file,
      startedAt: this.#startedAt.toISOString(),
      finishedAt: this.#clock.now().toISOString(),
      dryRun: this.#options.dryRun ?? false,
      funnel,
      sources,
      filters: [...filters, ...branchFilters],
      exporters: parts.results,
    };
  }
}

interface ReportParts {
  readonly sources: readonly SourceStep[];
  readonly filters: readonly FilterStep[];
  readonly branches: readonly Branch[];
  readonly passed: number;
  readonly merged: number;
  readonly results: RunReport['exporters'];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

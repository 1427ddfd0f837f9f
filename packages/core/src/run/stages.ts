import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import type { ExporterConfig, PipelineConfig, StageConfig } from '../config/config.ts';
import { messageOf } from '../errors.ts';
import type { IdStore } from '../ids/store.ts';
import { buildStage } from '../injection.ts';
import type { Logger } from '../logger.ts';
import type { PluginKind, StageOf } from '../plugin.ts';
import { stageName } from '../stage-name.ts';
import type { Branch } from './branch.ts';
import { Collector } from './collect.ts';
import { FilterStep } from './filter-step.ts';
import { SourceStep } from './source-step.ts';
import type { Watchers } from './trace.ts';

export interface StagesOptions extends Watchers {
  readonly container: DependencyContainer;
  readonly ids: IdStore;
  readonly logger: Logger;
  readonly replay: boolean;
  readonly full: boolean;
}

/** The stages of one run, built from the config in running order. */
export class Stages {
  readonly #state: string;
  readonly #options: StagesOptions;
  readonly #built: { close?(): Promise<void> | void }[] = [];
  readonly sources: readonly SourceStep[];
  /** Filters that every indicator passes. */
  readonly filters: readonly FilterStep[];
  /** What passed the common filters; exporters without filters of their own share it. */
  readonly common = new Collector();
  readonly branches: readonly Branch[];

  constructor(config: PipelineConfig, options: StagesOptions) {
    this.#state = config.state;
    this.#options = options;
    this.sources = config.sources.map((stage) => this.#source(stage));
    this.filters = config.filters.map((stage) => this.#filter(stage, undefined));
    this.branches = config.exporters.map((stage) => this.#branch(stage));
  }

  /** All filters, the common ones first. */
  get allFilters(): FilterStep[] {
    return [...this.filters, ...this.branches.flatMap((branch) => branch.filters)];
  }

  /** Closes every stage that was built, the last one first. */
  async close(): Promise<void> {
    for (const stage of this.#built.reverse()) {
      try {
        await stage.close?.();
      } catch (error) {
        this.#options.logger.warn(`a stage did not close: ${messageOf(error)}`);
      }
    }
  }

  #build<K extends PluginKind>(kind: K, stage: StageConfig, name: string): StageOf[K] {
    const { container, ids, replay, full } = this.#options;
    const stateDir = this.#stateDir(kind, name);
    mkdirSync(stateDir, { recursive: true });
    const own = { id: stage.id, stateDir, ids: ids.stage(stageName(kind, name)), replay, full };
    const built = buildStage(container, kind, stage.resolved.plugin, stage.options, own);
    this.#built.push(built);
    return built;
  }

  #stateDir(kind: PluginKind, name: string): string {
    return join(this.#state, 'stages', stageName(kind, name));
  }

  #source(stage: StageConfig): SourceStep {
    return new SourceStep(stage.id, stage.resolved.plugin.name, this.#build('source', stage, stage.id), this.#options);
  }

  #filter(stage: StageConfig, exporter: string | undefined): FilterStep {
    const filter = this.#build('filter', stage, exporter === undefined ? stage.id : `${exporter}.${stage.id}`);
    return new FilterStep(stage.id, stage.resolved.plugin.name, filter, exporter, this.#options);
  }

  #branch(config: ExporterConfig): Branch {
    const exporter = this.#build('exporter', config, config.id);
    const filters = config.filters.map((stage) => this.#filter(stage, config.id));
    const collector = filters.length === 0 ? this.common : new Collector();
    return { config, filters, exporter, stateDir: this.#stateDir('exporter', config.id), collector };
  }
}

import {
  type CheckReport,
  type Collected,
  type Drill,
  type DrillReport,
  type Drop,
  type Exporter,
  inject,
  injectable,
  Options,
  type Output,
  type Published,
  type ReloadReport,
  Services,
  type Staged,
  type StageServices,
} from '@misp-pipeline/core';
import { checkStaged, drillPublished } from './engine/engine.ts';
import type { SuricataOptions } from './options.ts';
import { reloadSensor } from './reload/reload-sensor.ts';
import { renderRules } from './render-rules.ts';

/** Renders indicators as Suricata rules and the lists that they read. */
@injectable()
export class SuricataExporter implements Exporter {
  readonly #options: SuricataOptions;
  readonly #services: StageServices;

  constructor(@inject(Options) options: SuricataOptions, @inject(Services) services: StageServices) {
    this.#options = options;
    this.#services = services;
  }

  render(indicators: Collected, output: Output, skip: Drop): void {
    renderRules(indicators, output, skip, { options: this.#options, services: this.#services });
  }

  check(staged: Staged, signal: AbortSignal): Promise<CheckReport | undefined> {
    return checkStaged(staged, this.#options, this.#services.stateDir, signal);
  }

  drill(drill: Drill, signal: AbortSignal): Promise<DrillReport | undefined> {
    return drillPublished(drill, this.#options, signal);
  }

  async reload(published: Published, signal: AbortSignal): Promise<ReloadReport | undefined> {
    const { reload } = this.#options;
    return reload === undefined ? undefined : reloadSensor(published, reload, signal);
  }
}

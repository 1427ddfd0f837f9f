import type { ExporterConfig } from '../config/config.ts';
import type { Exporter } from '../plugin.ts';
import type { Collector } from './collect.ts';
import type { FilterStep } from './filter-step.ts';

/** An exporter with its own filters and what it will render. */
export interface Branch {
  readonly config: ExporterConfig;
  readonly filters: readonly FilterStep[];
  readonly exporter: Exporter;
  /** Folder of the exporter's own that lasts between runs. */
  readonly stateDir: string;
  /** Shared by all exporters without filters of their own. */
  readonly collector: Collector;
}

import type { IndicatorKind } from '../indicator.ts';
import type { Publication } from '../output/generation.ts';
import type { ManifestFile } from '../output/manifest.ts';
import type { SourceProblem, SyncReport } from '../plugin.ts';
import type { Reasons } from './reasons.ts';

export interface SourceReport {
  readonly id: string;
  readonly plugin: string;
  /** Records (attributes, lines) read. */
  readonly read: number;
  /** Records that became no indicator, by reason. */
  readonly rejected: Reasons;
  /** Indicators handed on. */
  readonly indicators: number;
  /** How the mirror was brought up to date; undefined for a source without one, and when a run is repeated. */
  readonly sync: SyncReport | undefined;
  /** Parts that could not be read, while the rest was. */
  readonly problems: readonly SourceProblem[];
}

export interface FilterReport {
  readonly id: string;
  readonly plugin: string;
  /** The exporter that this filter belongs to; undefined for the pipeline's own. */
  readonly exporter: string | undefined;
  readonly in: number;
  readonly dropped: Reasons;
  readonly out: number;
}

/** An indicator that was left out since the engine refused its detection. */
export interface Quarantined {
  readonly kind: IndicatorKind;
  readonly value: string;
  /** What the engine said. */
  readonly message: string;
}

/**
 * Whether the real engine took the files. `unchecked`: nobody asked it, because there is none here (`absent`), the config
 * says so (`off`), nothing was written (`dry-run`) or the exporter knows no engine (`none`).
 */
export type CheckOutcome =
  | { readonly state: 'unchecked'; readonly why: 'absent' | 'off' | 'dry-run' | 'none' }
  | {
      readonly state: 'accepted';
      /** Name and version. */
      readonly engine: string;
      /** How often the engine was run. */
      readonly runs: number;
      readonly quarantined: readonly Quarantined[];
      /** What else the engine said. */
      readonly messages: readonly string[];
    };

export interface ExporterReport {
  readonly id: string;
  readonly plugin: string;
  /** Indicators that passed all filters, one for each origin. */
  readonly passed: number;
  /** The same after merging. */
  readonly merged: number;
  /** Indicators that the engine cannot express, by reason. */
  readonly skipped: Reasons;
  readonly exported: number;
  readonly files: readonly ManifestFile[];
  readonly check: CheckOutcome;
  /** Undefined in a dry run. */
  readonly published: Publication | undefined;
}

/** The whole way from what was read to what was exported, in totals. */
export interface Funnel {
  readonly read: number;
  readonly rejected: number;
  /** Indicators after normalising. */
  readonly normalised: number;
  /** Indicators dropped by the pipeline's own filters, by reason. */
  readonly dropped: Reasons;
  /** What passed them, one for each origin. */
  readonly passed: number;
  /** The same, merged. */
  readonly merged: number;
  /** Exported by each exporter. */
  readonly exported: Readonly<Record<string, number>>;
}

/** The only result of a run; text, JSON and pages are renderings of it. */
export interface RunReport {
  readonly pipeline: string;
  readonly config: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly dryRun: boolean;
  readonly funnel: Funnel;
  readonly sources: readonly SourceReport[];
  readonly filters: readonly FilterReport[];
  readonly exporters: readonly ExporterReport[];
}

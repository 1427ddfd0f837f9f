import type { IndicatorIdentity, IndicatorKind } from '../indicator.ts';
import type { Publication } from '../output/generation.ts';
import type { ManifestFile } from '../output/manifest.ts';
import type { PlaceReport } from '../place/report.ts';
import type { ReloadReport, SourceProblem, SyncReport } from '../plugin.ts';
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
  /** When the origin last confirmed what was handed on, ISO 8601; undefined when the source cannot tell. */
  readonly asOf: string | undefined;
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

/** How many indicators come, are said anew and go. */
export interface ChangeCounts {
  readonly added: number;
  /** Live before and after, but what is said of it (tags, label, severity, origins) differs. */
  readonly changed: number;
  readonly withdrawn: number;
}

/** The changes of the indicators of one event, or of one organisation. */
export interface ChangeGroup extends ChangeCounts {
  /** UUID of the event, or name of the organisation. */
  readonly id: string;
  /** Title of the event; the name again for an organisation. */
  readonly title: string;
}

/** One indicator that comes, is said anew or goes. */
export interface ChangedIndicator extends IndicatorIdentity {
  /** UUIDs of the events that vouch for it, or did. */
  readonly events: readonly string[];
  /** Why it goes, such as `tlp:red`, `skipped:to-ids`, `source-removed`, `unreadable` or `gone`; undefined for the others. */
  readonly cause: string | undefined;
}

/** What differs, in one exporter, between the live generation and the next one. */
export interface ExporterChanges extends ChangeCounts {
  /** Indicators that are live before. */
  readonly before: number;
  /** Indicators that are live after. */
  readonly after: number;
  /** Withdrawn indicators by cause. */
  readonly causes: Reasons;
  /** The events and organisations with the most changes, most first; their number is bounded. */
  readonly events: readonly ChangeGroup[];
  readonly organisations: readonly ChangeGroup[];
  /** The first ones in the order of the indicators; their number is bounded, the counts are not. */
  readonly examples: {
    readonly added: readonly ChangedIndicator[];
    readonly changed: readonly ChangedIndicator[];
    readonly withdrawn: readonly ChangedIndicator[];
  };
}

/** What a guard objects to. */
export interface GuardFinding {
  /** The guard and what it looked at, such as `withdrawn:suricata` or `incomplete:osint`: what `--accept` takes. */
  readonly id: string;
  /** What was found, with its numbers. */
  readonly message: string;
  /** True when the user has accepted it. */
  readonly accepted: boolean;
}

/** Seconds from an attribute's last change to the moment its new detection went live, over all that were added. */
export interface Latency {
  readonly count: number;
  readonly sum: number;
  /** How many took at most `le` seconds, for growing `le`. */
  readonly buckets: readonly { readonly le: number; readonly count: number }[];
}

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
  /** Generation that these files are, live or not. */
  readonly generation: string;
  /** Generation that was live before, if any. */
  readonly base: string | undefined;
  readonly check: CheckOutcome;
  /** What comes and goes; undefined when a run is repeated for somebody who watches. */
  readonly changes: ExporterChanges | undefined;
  /** Undefined in a dry run. */
  readonly published: Publication | undefined;
  /** What was copied where besides; empty where nothing went live. */
  readonly places: readonly PlaceReport[];
  /** What the engine said of it; undefined when there was none to tell, or nothing new to tell it. */
  readonly reload: ReloadReport | undefined;
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
  /** Random; stands in each log line of the run. */
  readonly runId: string;
  readonly pipeline: string;
  readonly config: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly dryRun: boolean;
  /** Number under which `history` lists what this run published or planned; undefined when there was nothing new. */
  readonly release: number | undefined;
  /** Names what this run changed, or would change; undefined when there is nothing new. */
  readonly fingerprint: string | undefined;
  /** What guards objected to; in a run that published, all of it was accepted. */
  readonly guard: readonly GuardFinding[];
  readonly latency: Latency | undefined;
  readonly funnel: Funnel;
  readonly sources: readonly SourceReport[];
  readonly filters: readonly FilterReport[];
  readonly exporters: readonly ExporterReport[];
}

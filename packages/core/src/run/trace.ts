import type { Causes } from '../changes/causes.ts';
import type { Indicator } from '../indicator.ts';
import type { Placement } from '../output/output.ts';
import type { RejectedRecord } from '../plugin.ts';

/**
 * Somebody who watches a run, such as `explain`. Every method may be called for each indicator, so a run without a
 * watcher pays nothing.
 */
export interface Trace {
  /** A record of a source became no indicator. */
  rejected(source: string, reason: string, record: RejectedRecord): void;
  /** A source handed on an indicator. */
  normalised(source: string, indicator: Indicator): void;
  /** A filter let an indicator go on; `exporter` is set for filters of one exporter. */
  passed(filter: string, exporter: string | undefined, indicator: Indicator): void;
  /** A filter dropped an indicator. */
  dropped(filter: string, exporter: string | undefined, indicator: Indicator, reason: string, detail?: string): void;
  /**
   * An exporter begins to write its files. It writes them again when its engine refuses something, and then all that was
   * told of those before is void.
   */
  writing(exporter: string): void;
  /** An exporter could not express an indicator. */
  skipped(exporter: string, indicator: Indicator, reason: string, detail?: string): void;
  /** An indicator stands in an artefact. */
  placed(exporter: string, indicator: Indicator, placement: Placement): void;
}

/** What a person at a terminal sees of a run under way. */
export interface Progress {
  /** A source is at work; `read` counts its records so far. */
  source(id: string, read: number): void;
  exporter(id: string): void;
}

/** Who watches a run. */
export interface Watchers {
  readonly trace: Trace | undefined;
  readonly progress: Progress | undefined;
  /** Notes why what is live goes; undefined when nothing is compared. */
  readonly causes: Causes | undefined;
}

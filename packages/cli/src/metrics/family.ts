import type { OperationState } from './operation-state.ts';

/** What is known of a pipeline at the moment. */
export interface PipelineStatus {
  readonly name: string;
  readonly state: OperationState;
  /** What only the daemon knows; undefined in the file that a single run writes. */
  readonly daemon: DaemonStatus | undefined;
}

/** What the daemon knows of a pipeline. */
export interface DaemonStatus {
  /** When the next run begins; undefined when none is planned. */
  readonly nextRun: Date | undefined;
  /** Whether a run is under way. */
  readonly running: boolean;
  /** Whether it has ever succeeded, and its last run is no older than its schedule allows. */
  readonly ready: boolean;
  /** Since when the config on disk is wrong and an older one is in force. */
  readonly staleSince: Date | undefined;
}

/** A number with the values of its labels, in the order of the family's `labels`. */
export type Sample = readonly [value: number, ...labels: readonly string[]];

/** One metric, with a series for each pipeline and each combination of its own labels. */
export interface Family {
  /** Without the prefix that all have. */
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  /** Labels besides `pipeline`. */
  readonly labels: readonly string[];
  samples(status: PipelineStatus, now: Date): readonly Sample[];
}

/** Unix time in seconds. */
export function timestamp(time: Date | string): number {
  return new Date(time).getTime() / 1000;
}

/** One sample where there is a number, else none. */
export function maybe(value: number | undefined): readonly Sample[] {
  return value === undefined ? [] : [[value]];
}

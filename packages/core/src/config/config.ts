import type { Place } from '../place/options.ts';
import type { ResolvedPlugin } from '../plugins/resolve.ts';
import type { IndexOptions, ServeOptions } from './look-up.ts';
import type { GuardOptions, HistoryOptions, MetricsOptions, NotifyOptions, ScheduleOptions } from './operation.ts';
import type { CheckMode, ExporterOptions } from './schema.ts';

/** A stage of the config, with its plugin found and its options checked. */
export interface StageConfig {
  /** Key of the stage in the config. */
  readonly id: string;
  readonly resolved: ResolvedPlugin;
  /** Output of the plugin's schema: defaults filled in, paths absolute, secrets wrapped. */
  readonly options: unknown;
}

export interface ExporterConfig extends StageConfig {
  /** Absolute folder to publish into. */
  readonly dir: string;
  /** Generations to keep. */
  readonly keep: number;
  readonly check: CheckMode;
  /** Share of the indicators that the engine may refuse, 0 to 1. */
  readonly maxRefused: number;
  /** Where the files are copied to. */
  readonly places: readonly Place[];
  /** Run when other files went live. */
  readonly afterPublish: ExporterOptions['afterPublish'];
  readonly filters: readonly StageConfig[];
}

/** The text of a fault, from the path of what is wrong and a message that does not repeat the path. */
export type FaultAt = (path: string, message: string) => string;

/** A config that is right in every part. Stages that are not enabled are left out. */
export interface PipelineConfig {
  readonly name: string;
  /** The file that was asked for, absolute. */
  readonly file: string;
  /** Files from the most basic one to `file`. */
  readonly files: readonly string[];
  /** Absolute state folder. */
  readonly state: string;
  readonly sources: readonly StageConfig[];
  readonly filters: readonly StageConfig[];
  readonly exporters: readonly ExporterConfig[];
  readonly guard: GuardOptions;
  readonly history: HistoryOptions;
  readonly schedule: ScheduleOptions | undefined;
  readonly metrics: MetricsOptions;
  readonly notify: NotifyOptions | undefined;
  /** Undefined where no index is kept. */
  readonly index: IndexOptions | undefined;
  readonly serve: ServeOptions;
  /** Values of secret options, to be masked wherever text leaves the program. */
  readonly secrets: readonly string[];
  /** The merged config for showing: placeholders filled in, secrets and credentials of addresses as `***`. */
  readonly shown: unknown;
  /** Tells what shows only when the config is used, with file, line and path like all that is wrong with it. */
  readonly faultAt: FaultAt;
}

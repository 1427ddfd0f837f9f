import type { z } from 'zod';
import type { Drill, DrillReport } from './drill.ts';
import type { IdLedger } from './ids/ledger.ts';
import type { Indicator, IndicatorKind } from './indicator.ts';
import type { Logger } from './logger.ts';
import type { ManifestFile } from './output/manifest.ts';
import type { Output } from './output/output.ts';
import type { Collected } from './run/collected.ts';

/** Indicators travel in batches of about {@link BATCH_SIZE}; a batch belongs to nobody and is never changed. */
export type Batch = readonly Indicator[];

/** The size that sources aim for. A single await for each indicator costs more than all filters together. */
export const BATCH_SIZE = 1000;

/**
 * Says that an indicator goes no further. `reason` is short and countable, such as `tlp:red` or `unsupported:uri`;
 * `detail` is for `explain`, such as the list entry that matched.
 */
export type Drop = (indicator: Indicator, reason: string, detail?: string) => void;

/** A record that a source read but that became no indicator. */
export interface RejectedRecord {
  /** The value as it stands in the source. */
  readonly value: string;
  /** Where it stands: event and attribute, or file and line. */
  readonly place: string;
}

/** A part of a source that could not be read, while the rest was. */
export interface SourceProblem {
  /** What was wrong, with the offending name or value. */
  readonly message: string;
  /** URL or path of the part. */
  readonly place: string;
}

/** How a source that keeps a mirror brought it up to date, counted in records. */
export interface SyncReport {
  /** `full`: everything was asked for. `changes`: what changed since the last run. */
  readonly mode: 'full' | 'changes';
  /** Requests that were sent, repeated ones included. */
  readonly requests: number;
  /** Records that the origin counted in this sync. */
  readonly counted: number;
  /** Records that came. */
  readonly received: number;
  /** Records of earlier runs that the origin does not vouch for any more. */
  readonly withdrawn: number;
  /** Records that stay for a grace period although the origin does not vouch for them at the moment. */
  readonly held: number;
}

/** Where a source accounts for what it does not hand on, so that nothing disappears silently. */
export interface Intake {
  /** Counts records (attributes, lines) as they are read, before anything is decided about them. */
  read(records: number): void;
  /**
   * A record that became no indicator. Reasons: `skipped:<option>` for what the options leave out, `rejected:<why>` for
   * what is malformed.
   */
  reject(reason: string, record: RejectedRecord): void;
  /** A part that could not be read; the run goes on and the report names it. */
  problem(problem: SourceProblem): void;
  /** Called at most once, by a source that keeps a mirror, after it has brought it up to date. */
  sync(report: SyncReport): void;
  /**
   * The moment at which the origin last confirmed what is handed on: now when it answered in this run, earlier when a
   * mirror stands in for it. Called at most once; left out by a source that cannot tell.
   */
  asOf(time: Date): void;
  /**
   * A record that an earlier run handed on and that the origin does not vouch for any more, with what the source knows of
   * why: `withdrawn:deleted`, `withdrawn:to-ids`, `withdrawn:unpublished`, `withdrawn:edited` (it holds another value now),
   * `withdrawn:<option>` (an option leaves it out now, such as `withdrawn:tags`), `withdrawn:event` (the whole event is
   * gone), `withdrawn:attribute` (nothing more is known). The value is spelt as it was handed on. Not counted as read. Left
   * out where the source cannot tell, and for records that are rejected.
   */
  withdrawn(reason: string, record: RejectedRecord): void;
}

/** Reads intelligence and hands on normalised indicators. Built new for each run. */
export interface Source {
  /**
   * Called once a run. Every record that is read is either yielded as one or more indicators or given to
   * `intake.reject`. Batches are not empty. Throws when the source as a whole cannot be used: then nothing is
   * published. Stops soon after `signal` aborts.
   */
  read(signal: AbortSignal, intake: Intake): AsyncIterable<Batch>;
  /** Called once after `read` has ended, whatever its outcome; may be called twice. */
  close?(): Promise<void> | void;
}

/** Passes on, annotates or drops indicators, one origin at a time. Built new for each run. */
export interface Filter {
  /** Called once before the first batch, to load what the filter needs. */
  open?(signal: AbortSignal): Promise<void> | void;
  /**
   * Called for each batch. Returns what goes on, in the same order, as a new array or the very same one. Each indicator
   * of the batch is either in the result (itself or a copy) or has been given to `drop`, once.
   */
  apply(batch: Batch, drop: Drop): Batch | Promise<Batch>;
  /** Called once at the end, whatever the outcome; may be called twice. */
  close?(): Promise<void> | void;
}

/** Files of an exporter that are written in full but not yet published. */
export interface Staged {
  /** Folder that holds the files. */
  readonly dir: string;
  /** Paths relative to `dir`. */
  readonly files: readonly string[];
}

/** A part of staged files that an engine does not take. */
export interface RefusedEntry {
  /** Path of the file, relative to the staged folder. */
  readonly file: string;
  /** The `text` of the placements to take out; left out: all that stands in the file, or under the id. */
  readonly text?: string | undefined;
  /** The `id` of the placements to take out. */
  readonly id?: string | undefined;
  /** What the engine said of it. */
  readonly message: string;
}

/** What a real engine said of staged files. */
export interface CheckReport {
  /** Name and version, such as `suricata 7.0.10`. */
  readonly engine: string;
  /** True when the engine takes every file whole. */
  readonly accepted: boolean;
  /** How often the engine was run. */
  readonly runs: number;
  /** What to take out so that it takes the rest; empty when nobody can tell. */
  readonly refused: readonly RefusedEntry[];
  /** The engine's own messages. */
  readonly messages: readonly string[];
}

/** The files of an exporter that are live now: just published, or restored by a rollback. */
export interface Published {
  /** Folder that engines read, `<dir>/current`; absolute. */
  readonly dir: string;
  /** Id of the generation that `dir` names. */
  readonly generation: string;
  /** The files, with what an engine must say it loaded. */
  readonly files: readonly ManifestFile[];
  /** Absolute folder of the generation that the engine ran until now; undefined when nobody knows of one. */
  readonly previousDir: string | undefined;
}

/** What an engine said after it was told to take what is live. */
export interface ReloadReport {
  /** Name of the engine, and its version where it says so, such as `suricata 7.0.10`. */
  readonly engine: string;
  /** How it was told, such as `unix socket`, `dataset-add`, `SIGHUP`, `API`. */
  readonly method: string;
  /** True when the engine itself says that it runs what is live, and nothing less. */
  readonly confirmed: boolean;
  /** What was compared, or what was wrong: a line each, without secrets. */
  readonly messages: readonly string[];
}

/** Turns the collected indicators into the files of one engine. Built new for each run. */
export interface Exporter {
  /**
   * Called with all indicators, sorted, also when there are none. The same indicators and the same id ledger give the
   * same bytes. What the engine cannot express is given to `skip` with `unsupported:<kind>`. Called again, with fewer
   * indicators, when the engine refused some.
   */
  render(indicators: Collected, output: Output, skip: Drop): Promise<void> | void;
  /**
   * Called after `render`, before anything is published: the engine's word on the staged files. Undefined when the engine
   * is not to be found here. Nothing in the staged folder may be changed.
   */
  check?(staged: Staged, signal: AbortSignal): Promise<CheckReport | undefined>;
  /**
   * The fire drill: makes the smallest traffic or log record that each target must trigger, and the near misses that it
   * must not, and runs the real engine on them, offline, with the published files. Each target is in the report once.
   * Undefined when the engine is not to be found here.
   */
  drill?(drill: Drill, signal: AbortSignal): Promise<DrillReport | undefined>;
  /**
   * Called after the files went live, or were restored, without `render` when nothing was rendered: tells the engine to take
   * them, and asks it whether it did. Undefined when the options name no engine to tell. An engine that answers wrongly or
   * not at all is a report that is not `confirmed`; throws only when it could not be asked. Nothing in the folders may be
   * changed. Told again with the earlier files when it does not confirm.
   */
  reload?(published: Published, signal: AbortSignal): Promise<ReloadReport | undefined>;
  /** Called once at the end, whatever the outcome; may be called twice. */
  close?(): Promise<void> | void;
}

export type PluginKind = 'source' | 'filter' | 'exporter';

export interface StageOf {
  readonly source: Source;
  readonly filter: Filter;
  readonly exporter: Exporter;
}

/** What the engine gives a stage besides its options. */
export interface StageServices {
  /** Id of the stage in the config, such as `osint`. */
  readonly id: string;
  /** Carries the stage's id in each line. Never log a secret. */
  readonly logger: Logger;
  /** The present, fixed for the whole run, so that a run can be repeated. */
  readonly now: Date;
  /** A folder of the stage's own that lasts between runs, for mirrors and caches. It exists. */
  readonly stateDir: string;
  /** True when the run repeats an earlier one: read what is mirrored in `stateDir` rather than the network. */
  readonly replay: boolean;
  /** True when the user wants everything to be asked for again, whatever is mirrored. */
  readonly full: boolean;
  /** Numbers that an indicator keeps for ever, such as sids. */
  readonly ids: IdLedger;
}

/** What an engine can do for a kind of indicator: the form of the detection, or why there is none. Half a sentence each. */
export type Support = { readonly form: string } | { readonly unsupported: string };

export type Coverage = Readonly<Partial<Record<IndicatorKind, Support>>>;

export type OptionsSchema = z.ZodObject;

export interface PluginDefinition<K extends PluginKind = PluginKind, S extends OptionsSchema = OptionsSchema> {
  readonly kind: K;
  /** Short name in kebab-case, as in `use: suricata`. */
  readonly name: string;
  /** One sentence that ends in a full stop. */
  readonly summary: string;
  /** A `z.strictObject`; each option has a `.describe()`. Exporters get `dir` and `keep` added by the engine. */
  readonly options: S;
  /**
   * Exporters: what becomes of each kind of indicator. The coverage table of the documentation is made of it. Kinds that are
   * left out are unsupported.
   */
  readonly coverage?: Coverage;
  /** Builds the stage for one run. Must not touch the network or files yet. */
  readonly create: (options: z.output<S>, services: StageServices) => StageOf[K];
}

/** A definition that the engine accepts; `api` is the version of the contract. */
export interface DefinedPlugin<K extends PluginKind> extends PluginDefinition<K> {
  readonly api: 1;
}

export type Plugin = DefinedPlugin<'source'> | DefinedPlugin<'filter'> | DefinedPlugin<'exporter'>;

/**
 * Declares a plugin. A module's default export is the result:
 *
 * ```js
 * export default definePlugin({
 *   kind: 'exporter', name: 'zeek', summary: 'Writes Zeek intelligence files.',
 *   options: z.strictObject({}),
 *   create: () => ({ render: (indicators, output) => { ... } }),
 * });
 * ```
 */
export function definePlugin<K extends PluginKind, S extends OptionsSchema>(
  definition: PluginDefinition<K, S>,
): DefinedPlugin<K> {
  // The engine gives `create` only what the plugin's own schema has made, so the narrower parameter is met.
  return { ...definition, api: 1 } as unknown as DefinedPlugin<K>;
}

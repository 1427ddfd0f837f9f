import type { OptionsSchema, PluginDefinition, PluginKind, StageServices } from '@misp-pipeline/core';
import { testServices } from '../services.ts';

/** A plugin of one kind, as `definePlugin` returns it. */
export type PluginOf<K extends PluginKind, S extends OptionsSchema = OptionsSchema> = PluginDefinition<K, S> & {
  readonly api: 1;
};

/** Options as they would stand in a config, with absolute paths. */
export type RawOptions = Readonly<Record<string, unknown>>;

/** What every suite may be told. */
export interface ContractCase {
  /** A function when options are known only once a test runs, such as the port of a server. None when left out. */
  readonly options?: RawOptions | (() => RawOptions);
  /** Name of the npm package, to be compared with the plugin's. */
  readonly packageName?: string;
  /** What the stage gets instead of that part of `testServices()`. */
  readonly services?: Partial<StageServices>;
}

/** A plugin together with the options under which a suite runs it. */
export interface Subject<K extends PluginKind = PluginKind> {
  readonly plugin: Omit<PluginOf<K>, 'create'>;
  readonly packageName: string | undefined;
  /** The options of the case. */
  readonly options: () => RawOptions;
  /** Services of the case, with an empty state folder and ledger unless it names one. */
  readonly services: (own?: Partial<StageServices>) => StageServices;
  /** Builds a stage: with the case's options and services, or with other ones. */
  readonly build: (services?: StageServices, options?: RawOptions) => ReturnType<PluginOf<K>['create']>;
}

/** What the suites see of a plugin; the types of its options are forgotten. */
export function subjectOf<K extends PluginKind, S extends OptionsSchema>(
  plugin: PluginOf<K, S>,
  { options = {}, packageName, services = {} }: ContractCase,
): Subject<K> {
  const optionsOf = typeof options === 'function' ? options : () => options;
  const servicesOf = (own: Partial<StageServices> = {}) => testServices({ ...services, ...own });
  return {
    plugin,
    packageName,
    options: optionsOf,
    services: servicesOf,
    build: (own = servicesOf(), raw = optionsOf()) => plugin.create(plugin.options.parse(raw), own),
  };
}

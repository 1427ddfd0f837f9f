import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Plugin, type PluginKind, StageIds, type StageServices } from '@misp-pipeline/core';
import { ROOT } from '../support/cli.ts';

const require = createRequire(`${ROOT}packages/cli/package.json`);

/** A built plugin, found as the command line finds it. */
export async function loadPlugin(kind: PluginKind, name: string): Promise<Plugin> {
  const file = require.resolve(`@misp-pipeline/${kind}-${name}`);
  const { default: plugin } = await import(pathToFileURL(file).href);
  return plugin;
}

/** Builds a stage as the engine does, with nothing remembered from earlier runs. */
export function build(
  plugin: Plugin,
  options: object,
  stateDir: string,
  { full = false } = {},
): ReturnType<Plugin['create']> {
  const services: StageServices = {
    id: plugin.name,
    logger: SILENT,
    now: new Date(),
    stateDir,
    ids: new StageIds(plugin.name),
    replay: false,
    full,
  };
  return plugin.create(plugin.options.parse(options), services);
}

const SILENT: StageServices['logger'] = {
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => SILENT,
};

import { dirname } from 'node:path';
import {
  type Coverage,
  type DiscoveredPlugin,
  describeOptions,
  discoverPlugins,
  EXIT,
  isPipelineError,
  optionsJsonSchema,
  type Plugin,
} from '@misp-pipeline/core';
import { type Context, findConfig } from '../context.ts';
import { PROGRAM } from '../program.ts';
import { table } from '../render/table.ts';
import { visible } from '../render/visible.ts';
import { UsageError } from '../usage-error.ts';

export async function list(context: Context): Promise<number> {
  const { io, options } = context;
  const plugins = await installed(context);
  const rows = plugins.map(({ packageName, kind, from, result }) => {
    const use = 'fault' in result ? packageName : result.plugin.name;
    return { kind, use, package: packageName, from, summary: 'fault' in result ? result.fault : result.plugin.summary };
  });
  if (options.json === true) io.json(rows);
  else io.result(table(rows, ['kind', 'use', 'from', 'summary']));
  return EXIT.ok;
}

export async function info(context: Context, name: string): Promise<number> {
  const { io, options } = context;
  const plugins = await installed(context);
  const matching = plugins.filter((found) => named(found, name));
  for (const found of matching) {
    if ('fault' in found.result) io.say(found.result.fault);
    else if (options.json === true) io.json(description(found, found.result.plugin));
    else io.result(page(found, found.result.plugin));
  }
  if (matching.length > 0) return EXIT.ok;
  const hint = '`misp-pipeline plugins list` shows those that are installed.';
  throw new UsageError(`no plugin is called \`${visible(name)}\``, hint);
}

function named({ packageName, result }: DiscoveredPlugin, name: string): boolean {
  return (
    packageName === name || packageName.endsWith(`-${name}`) || (!('fault' in result) && result.plugin.name === name)
  );
}

async function installed(context: Context): Promise<DiscoveredPlugin[]> {
  return discoverPlugins(await projectFolder(context), PROGRAM);
}

/** The folder of the config, or the current one: plugins can be looked at before there is a config. */
export async function projectFolder(context: Context): Promise<string> {
  try {
    return dirname(await findConfig(context));
  } catch (error) {
    if (isPipelineError(error) && context.options.config === undefined && context.options.env === undefined)
      return process.cwd();
    throw error;
  }
}

function description({ packageName, from }: DiscoveredPlugin, plugin: Plugin) {
  const { kind, name, summary, coverage } = plugin;
  return { kind, name, package: packageName, from, summary, options: optionsJsonSchema(plugin), coverage };
}

function page({ packageName }: DiscoveredPlugin, plugin: Plugin): string {
  const rows = describeOptions(plugin);
  const heading = `${plugin.kind} ${plugin.name} (${packageName})\n${plugin.summary}\n`;
  const options = `${heading}\n${table(rows, ['option', 'type', 'default', 'text'])}\n`;
  return plugin.coverage === undefined ? options : `${options}\n${coverageTable(plugin.coverage)}\n`;
}

function coverageTable(coverage: Coverage): string {
  const rows = Object.entries(coverage).map(([kind, support]) => ({
    kind,
    detection: 'form' in support ? support.form : `no: ${support.unsupported}`,
  }));
  return table(rows, ['kind', 'detection']);
}

import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suggest } from '../config/suggest.ts';
import { messageOf } from '../errors.ts';
import type { Plugin, PluginKind } from '../plugin.ts';
import { installedPlugins } from './installed.ts';

/** A plugin that was found and loaded. */
export interface ResolvedPlugin {
  readonly plugin: Plugin;
  /** What was loaded: the package name or the path. */
  readonly specifier: string;
  /** File that it was loaded from. */
  readonly file: string;
}

/** Why a plugin cannot be used, in words that say what to type. */
export interface PluginFault {
  readonly fault: string;
}

/** Names that `use: name` may mean for a kind, in order. */
export function candidates(use: string, kind: PluginKind): string[] {
  if (use.startsWith('@') || use.includes('/')) return [use];
  const expanded = [`@misp-pipeline/${kind}-${use}`, `misp-pipeline-${kind}-${use}`];
  return use.startsWith('misp-pipeline-') ? [use] : expanded;
}

export function isPath(use: string): boolean {
  return use.startsWith('./') || use.startsWith('../') || use.startsWith('/');
}

/**
 * Loads the plugin that `use` names. Looks from the config file first and then from `fallback`, the program itself, so
 * that a project's own version of a plugin wins.
 */
export async function resolvePlugin(
  use: string,
  kind: PluginKind,
  configFile: string,
  fallback: string,
): Promise<ResolvedPlugin | PluginFault> {
  if (isPath(use)) return load(use, resolve(dirname(configFile), use), kind);
  for (const from of [configFile, fallback]) {
    for (const name of candidates(use, kind)) {
      const found = find(name, from);
      if (typeof found === 'string') return load(name, found, kind);
      if (found !== undefined) return found;
    }
  }
  return { fault: notInstalled(use, kind, configFile, fallback) };
}

/** File of a package, undefined when it is not installed, a fault when it is but cannot be entered. */
function find(name: string, from: string): string | PluginFault | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'MODULE_NOT_FOUND') return undefined;
    return { fault: `\`${name}\` is installed but cannot be entered: ${messageOf(error)}` };
  }
}

async function load(specifier: string, file: string, kind: PluginKind): Promise<ResolvedPlugin | PluginFault> {
  let module: { default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    return { fault: `\`${specifier}\` was found at ${file} but does not load: ${messageOf(error)}` };
  }
  const plugin = module.default;
  const wrong = defectOf(plugin);
  if (wrong !== undefined) return { fault: `\`${specifier}\` is no plugin: ${wrong}` };
  if ((plugin as Plugin).kind !== kind) {
    const article = (plugin as Plugin).kind === 'exporter' ? 'an' : 'a';
    return {
      fault: `\`${specifier}\` is ${article} ${(plugin as Plugin).kind}, not ${kind === 'exporter' ? 'an' : 'a'} ${kind}`,
    };
  }
  return { plugin: plugin as Plugin, specifier, file };
}

function defectOf(plugin: unknown): string | undefined {
  if (typeof plugin !== 'object' || plugin === null) return 'it has no default export made by `definePlugin`';
  const { api, kind, name, create, options } = plugin as Partial<Plugin>;
  if (api !== 1) return `it is made for version \`${String(api)}\` of the plugin contract, this is version 1`;
  if (!['source', 'filter', 'exporter'].includes(kind ?? '')) return `its kind is \`${String(kind)}\``;
  if (typeof name !== 'string' || typeof create !== 'function' || typeof options !== 'object') {
    return 'it lacks `name`, `options` or `create`';
  }
  return undefined;
}

function notInstalled(use: string, kind: PluginKind, configFile: string, program: string): string {
  const names = candidates(use, kind);
  const looked = names.map((name) => `\`${name}\``).join(' and ');
  const installed = [configFile, program].flatMap((from) => installedPlugins(dirname(from)));
  const near = suggest(
    use,
    installed.filter((plugin) => plugin.kind === kind).map(({ shortName }) => shortName),
  );
  const help = near === undefined ? `try \`npm install ${names.at(-1)}\`` : `did you mean \`${near}\`?`;
  return `the ${kind} \`${use}\` is not installed: looked for ${looked} from ${dirname(configFile)}; ${help}`;
}

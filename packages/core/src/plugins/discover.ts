import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PluginKind } from '../plugin.ts';
import { type PluginFault, type ResolvedPlugin, resolvePlugin } from './resolve.ts';

/** A package whose name says that it is a plugin. */
export interface DiscoveredPlugin {
  readonly packageName: string;
  readonly kind: PluginKind;
  /** `project` for what stands beside the config, `program` for what came with misp-pipeline. */
  readonly from: 'project' | 'program';
  readonly result: ResolvedPlugin | PluginFault;
}

const PLUGIN_NAME = /^(?:@misp-pipeline\/|(?:@[^/]+\/)?misp-pipeline-)(source|filter|exporter)-[a-z0-9-]+$/;

/**
 * The plugins that a config in `folder` can name: dependencies of the nearest package there, and those of the program.
 */
export async function discoverPlugins(folder: string, program: string): Promise<DiscoveredPlugin[]> {
  const found = new Map<string, DiscoveredPlugin>();
  for (const [from, base] of [
    ['project', join(folder, 'package.json')],
    ['program', program],
  ] as const) {
    for (const packageName of dependencyNames(dirname(base))) {
      const kind = PLUGIN_NAME.exec(packageName)?.[1] as PluginKind | undefined;
      if (kind === undefined || found.has(packageName)) continue;
      found.set(packageName, {
        packageName,
        kind,
        from,
        result: await resolvePlugin(packageName, kind, base, program),
      });
    }
  }
  return [...found.values()].sort((a, b) => (a.packageName < b.packageName ? -1 : 1));
}

/** Names that the nearest package.json, here or above, depends on. */
function dependencyNames(folder: string): string[] {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const manifest = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as Record<string, object | undefined>;
      return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    } catch {
      // No readable package.json here: a folder further up may have one.
      if (at === dirname(at)) return [];
    }
  }
}

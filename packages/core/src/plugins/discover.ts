import { dirname, join } from 'node:path';
import { type InstalledPlugin, installedPlugins } from './installed.ts';
import { type PluginFault, type ResolvedPlugin, resolvePlugin } from './resolve.ts';

/** A plugin that a config can name. */
export interface DiscoveredPlugin extends InstalledPlugin {
  /** `project` for what stands beside the config, `program` for what came with misp-pipeline. */
  readonly from: 'project' | 'program';
  readonly result: ResolvedPlugin | PluginFault;
}

/**
 * The plugins that a config in `folder` can name: dependencies of the nearest package there, and those of the program.
 */
export async function discoverPlugins(folder: string, program: string): Promise<DiscoveredPlugin[]> {
  const found = new Map<string, DiscoveredPlugin>();
  const places = [
    ['project', join(folder, 'package.json')],
    ['program', program],
  ] as const;
  for (const [from, base] of places) {
    for (const installed of installedPlugins(dirname(base))) {
      const { packageName, kind } = installed;
      if (found.has(packageName)) continue;
      found.set(packageName, { ...installed, from, result: await resolvePlugin(packageName, kind, base, program) });
    }
  }
  return [...found.values()].sort((a, b) => (a.packageName < b.packageName ? -1 : 1));
}

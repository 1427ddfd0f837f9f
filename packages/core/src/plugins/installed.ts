import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PluginKind } from '../plugin.ts';

const PLUGIN_NAME = /^(?:@misp-pipeline\/|(?:@[^/]+\/)?misp-pipeline-)(source|filter|exporter)-([a-z0-9-]+)$/;

/** A package whose name says that it is a plugin. */
export interface InstalledPlugin {
  readonly packageName: string;
  readonly kind: PluginKind;
  /** What `use:` may say for it. */
  readonly shortName: string;
}

/** The plugins that the nearest package.json, in `folder` or above, depends on. */
export function installedPlugins(folder: string): InstalledPlugin[] {
  return dependencyNames(folder).flatMap((packageName) => {
    const [, kind, shortName = ''] = PLUGIN_NAME.exec(packageName) ?? [];
    return kind === undefined ? [] : [{ packageName, kind: kind as PluginKind, shortName }];
  });
}

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

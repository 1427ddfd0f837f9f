import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './cli.ts';

export const SAMPLE = `${ROOT}packages/cli/sample/intelligence`;

export const EXPORTERS = ['suricata', 'snort', 'sigma', 'wazuh'] as const;

export interface ConfigParts {
  /** Folder or address of a feed. */
  readonly feed: string;
  readonly warninglists?: string;
  readonly tlp?: string;
  readonly exporters?: readonly string[];
  /** Further options of the exporters, by name. Engines check nothing unless told to. */
  readonly options?: Readonly<Record<string, object>>;
  /** Further parts of the config. */
  readonly more?: Readonly<Record<string, object>>;
}

/** Writes a config into a folder and returns its path. Everything it writes stays below the folder. */
export function writeConfig(folder: string, parts: ConfigParts): string {
  const exporters = parts.exporters ?? EXPORTERS;
  const config = {
    name: 'test',
    state: 'state',
    sources: { feed: { use: 'misp-feed', with: { url: parts.feed } } },
    filters: {
      ...(parts.warninglists === undefined
        ? {}
        : { warninglists: { use: 'warninglist', with: { path: parts.warninglists } } }),
      tlp: { use: 'tlp', with: { max: parts.tlp ?? 'amber', unmarked: 'amber' } },
    },
    exporters: Object.fromEntries(
      exporters.map((use) => [use, { use, with: { dir: `out/${use}`, check: 'off', ...parts.options?.[use] } }]),
    ),
    ...parts.more,
  };
  const file = join(folder, 'misp-pipeline.config.json');
  writeFileSync(file, JSON.stringify(config, null, 2));
  return file;
}

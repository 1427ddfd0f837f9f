import type { Published, ReloadReport } from '@misp-pipeline/core';
import { type ReloadSettings, reloadByApi } from './api/reload.ts';
import { reloadLocally } from './local/reload.ts';
import type { WazuhReload } from './options.ts';

/** Lets the manager that the options name take what is published; undefined when they name none. */
export async function reloadManager(
  published: Published,
  options: WazuhReload | undefined,
  settings: ReloadSettings,
  signal: AbortSignal,
): Promise<ReloadReport | undefined> {
  if (options?.api !== undefined) return reloadByApi(published, options.api, settings, signal);
  if (options?.local !== undefined) return reloadLocally(published, options.local, settings.isOurRule, signal);
  return undefined;
}

import type { ExporterConfig } from '../config/config.ts';
import type { History } from '../history/history.ts';
import type { Releases } from '../history/releases.ts';
import type { Part } from './part.ts';

/** Days for which the history can say what was live. */
const DAYS = 400;

const DAY = 86_400_000;

type Exporter = Pick<ExporterConfig, 'id' | 'dir' | 'keep'>;

/**
 * The generations of an exporter that a rollback reaches, `keep` of them: those of the newest releases, the newest first. Each
 * with the number of the newest release that names it.
 */
function reachable(releases: Releases, { id, dir, keep }: Exporter): Map<string, number> {
  const found = new Map<string, number>();
  for (const release of releases.live()) {
    const part = release.exporters.find((one) => one.id === id && one.dir === dir);
    if (part !== undefined && !found.has(part.generation)) found.set(part.generation, release.id);
    if (found.size === keep) break;
  }
  return found;
}

/** Removes generations that a rollback does not reach: what was only planned, or went back, stands in nobody's way. */
export function pruneGenerations({ releases }: History, parts: readonly Pick<Part, 'config' | 'folder'>[]): void {
  for (const { config, folder } of parts) folder.prune(config.keep, [...reachable(releases, config).keys()]);
}

/**
 * Forgets releases, and what was live in them only, that are older than 400 days and that a rollback does not reach. Called
 * while the history is written.
 */
export function forgetOld(history: History, exporters: readonly Exporter[], now: Date): void {
  const { releases } = history;
  const wanted = releases.liveAt(new Date(now.getTime() - DAYS * DAY));
  if (wanted === undefined) return;
  const reached = exporters.flatMap((exporter) => [...reachable(releases, exporter).values()]);
  history.forgetBefore(Math.min(wanted.id, ...reached));
}

import type { ExporterConfig, PipelineConfig } from '../config/config.ts';
import type { History } from '../history/history.ts';
import type { Releases } from '../history/releases.ts';
import { GenerationFolder } from '../output/generation.ts';
import { secondsOfSpan } from '../span.ts';
import type { Part } from './part.ts';

/**
 * The generations of an exporter that a rollback reaches, `keep` of them: those of the newest releases, the newest first. Each
 * with the number of the newest release that names it.
 */
function reachable(releases: Releases, { id, dir, keep }: ExporterConfig): Map<string, number> {
  const found = new Map<string, number>();
  for (const release of releases.live()) {
    const part = release.exporters.find((one) => one.id === id && one.dir === dir);
    if (part !== undefined && !found.has(part.generation)) found.set(part.generation, release.id);
    if (found.size === keep) break;
  }
  return found;
}

/** Numbers of the releases whose files are all there, so that a rollback may make them live again. */
export function restorableReleases({ releases }: History): Set<number> {
  const restorable = [...releases.live()].filter(({ exporters }) =>
    exporters.every(({ dir, generation }) => new GenerationFolder(dir).has(generation)),
  );
  return new Set(restorable.map(({ id }) => id));
}

/** Removes generations that a rollback does not reach: what was only planned, or went back, stands in nobody's way. */
export function pruneGenerations({ releases }: History, parts: readonly Pick<Part, 'config' | 'folder'>[]): void {
  for (const { config, folder } of parts) folder.prune(config.keep, [...reachable(releases, config).keys()]);
}

/**
 * Forgets releases, and what was live in them only, that are older than the config says and that a rollback does not reach.
 * Called while the history is written.
 */
export function forgetOld(history: History, config: PipelineConfig, now: Date): void {
  const { releases } = history;
  const wanted = releases.liveAt(new Date(now.getTime() - secondsOfSpan(config.history.keep) * 1000));
  if (wanted === undefined) return;
  const reached = config.exporters.flatMap((exporter) => [...reachable(releases, exporter).values()]);
  history.forgetBefore(Math.min(wanted.id, ...reached));
}

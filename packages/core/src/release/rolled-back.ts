import type { Release, ReleasedExporter, Releases } from '../history/releases.ts';
import { manifestNameOf } from '../output/manifest.ts';

/**
 * The release that was rolled back, since a run made one last, when `next` would bring exactly its files back.
 * @param next names of manifests, by exporter.
 */
export function rolledBackTo(releases: Releases, next: ReadonlyMap<string, string>): number | undefined {
  let isLive = true;
  for (const release of releases.live()) {
    const isNext = release.exporters.every(({ id, generation }) => next.get(id) === manifestNameOf(generation));
    if (isNext) return isLive ? undefined : release.id;
    if (release.by !== 'rollback') return undefined;
    isLive = false;
  }
  return undefined;
}

/**
 * The release before what is live. Before a rollback is what stood before the release that it restored, so that each rollback
 * goes further back, and none to what an earlier one took away. Releases with the very same files are passed over.
 */
export function previousOf(releases: Releases): Release | undefined {
  const live = releases.newest('live');
  if (live === undefined) return undefined;
  let before = originOf(releases, live);
  for (const release of releases.live()) {
    if (release.id >= before) continue;
    if (!hasSameFiles(release, live)) return release;
    before = originOf(releases, release);
  }
  return undefined;
}

/** Number of the release that first had the files: a rollback has those of another. */
function originOf(releases: Releases, release: Release): number {
  const { id, restored } = release;
  if (restored === undefined) return id;
  const earlier = releases.byId(restored);
  return earlier === undefined ? restored : originOf(releases, earlier);
}

function hasSameFiles(one: Release, other: Release): boolean {
  const names = new Set(one.exporters.map(nameOf));
  return other.exporters.every((part) => names.has(nameOf(part)));
}

function nameOf({ id, dir, generation }: ReleasedExporter): string {
  return JSON.stringify([id, dir, manifestNameOf(generation)]);
}

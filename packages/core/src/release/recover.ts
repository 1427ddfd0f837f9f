import type { History } from '../history/history.ts';
import type { Release } from '../history/releases.ts';
import type { Logger } from '../logger.ts';
import { GenerationFolder } from '../output/generation.ts';
import { killedPlaces, recoverPlaces } from './places.ts';
import { doubt } from './unconfirmed.ts';

/**
 * Finishes what a process that was killed has begun: a release that was about to go live goes live where all of its files are
 * there, generations as well as places, and never was where they are not. Called before anything else is done with the state
 * folder, by whoever holds its lock. May be killed and called again at any point: the history and the journal of the places
 * are written last, so the same is found again.
 */
export function recover(history: History, state: string, logger: Logger, now: Date): void {
  const release = history.releases.newest('publishing');
  if (release !== undefined) {
    const missing = whatIsMissing(release, state);
    logger.warn(
      `release ${release.id} was cut short: ${missing === undefined ? 'it goes live now' : 'it is taken back'}`,
    );
    if (missing === undefined) finish(history, release, now);
    else takeBack(history, release, `cut short, and ${missing}`);
  }
  recoverPlaces(state);
}

/** Why a release cannot go live any more. Places are put back unless they were all done. */
function whatIsMissing({ exporters }: Release, state: string): string | undefined {
  if (!exporters.every(({ dir, generation }) => new GenerationFolder(dir).intact(generation) !== undefined))
    return 'its files were gone';
  const places = killedPlaces(state);
  return places === undefined || places === 'done' ? undefined : 'not all of its files were in place';
}

/** Its engines may not have been told; the next run tells them. */
function finish(history: History, release: Release, now: Date): void {
  for (const { dir, generation } of release.exporters) new GenerationFolder(dir).switchTo(generation);
  history.transaction(() => history.releases.write({ ...release, state: 'live', published: now.toISOString() }));
}

/** Its engines may have been told; the next run tells them what is live again. */
function takeBack(history: History, release: Release, failure: string): void {
  for (const { dir, base } of release.exporters) {
    const folder = new GenerationFolder(dir);
    if (base === undefined || folder.has(base)) folder.switchTo(base);
  }
  history.transaction(() => {
    history.undo(release);
    history.releases.write({ ...release, state: 'failed', failure, unconfirmed: [] });
    doubt(history, release.unconfirmed);
  });
}

import type { History } from '../history/history.ts';
import type { Release } from '../history/releases.ts';
import type { Logger } from '../logger.ts';
import { GenerationFolder } from '../output/generation.ts';
import { recoverPlaces } from './places.ts';

/**
 * Finishes what a process that was killed has begun: a release that was about to go live goes live where all of its files
 * are there, and never was where they are not. Called before anything else is done with the state folder, by whoever holds
 * its lock.
 */
export function recover(history: History, state: string, logger: Logger, now: Date): void {
  if (recoverPlaces(state) !== undefined) tellAgain(history);
  const release = history.releases.newest('publishing');
  if (release === undefined) return;
  const folders = release.exporters.map((exporter) => ({ ...exporter, folder: new GenerationFolder(exporter.dir) }));
  const isWhole = folders.every(({ folder, generation }) => folder.intact(generation) !== undefined);
  logger.warn(`release ${release.id} was cut short: ${isWhole ? 'it goes live now' : 'it is taken back'}`);
  for (const { folder, generation, base } of folders) folder.switchTo(isWhole ? generation : base);
  history.transaction(() => (isWhole ? finish(history, release, now) : takeBack(history, release)));
}

/** Nobody knows which files the engines have read; the next run tells all of them. */
function tellAgain(history: History): void {
  const live = history.releases.newest('live');
  const unconfirmed = live?.exporters.map(({ id }) => id) ?? [];
  if (live !== undefined) history.transaction(() => history.releases.write({ ...live, unconfirmed }));
}

/** Its engines may not have been told; the next run tells them. */
function finish(history: History, release: Release, now: Date): void {
  history.releases.write({ ...release, state: 'live', published: now.toISOString() });
}

function takeBack(history: History, release: Release): void {
  history.undo(release);
  history.releases.write({
    ...release,
    state: 'failed',
    failure: 'cut short, and its files were gone',
    unconfirmed: [],
  });
}

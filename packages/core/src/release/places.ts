import { join } from 'node:path';
import type { PipelineConfig } from '../config/config.ts';
import { pipelineError } from '../errors.ts';
import { PlacingError } from '../place/error.ts';
import type { Placing } from '../place/placing.ts';
import { preparePlacing } from '../place/prepare.ts';
import { placedExporters } from '../place/record.ts';
import { killedPlacing, recoverPlacing } from '../place/recover.ts';
import type { Part } from './part.ts';

/**
 * Copies the files of all parts beside where the config wants them. Throws PLACING_FAILED with everything that is wrong, and
 * INTERRUPTED.
 */
export async function preparePlaces(
  parts: readonly Part[],
  { state, exporters }: PipelineConfig,
  signal: AbortSignal,
): Promise<Placing> {
  const requests = parts.map(({ config, folder, generation, manifest }) => ({
    exporter: config.id,
    places: config.places,
    generation: { dir: folder.dirOf(generation), files: manifest.files },
  }));
  const stateDir = folderIn(state);
  try {
    const former = placedExporters(stateDir).filter((placed) => !exporters.some(({ id }) => id === placed));
    return await preparePlacing(requests, stateDir, signal, new Set(former));
  } catch (error) {
    if (signal.aborted) throw pipelineError('INTERRUPTED', {}, error);
    throw explained(error);
  }
}

/** Switches everything to the new files. Throws PLACING_FAILED; some may be switched then, until it is undone. */
export function switchPlaces(placing: Placing): void {
  placingAction(() => placing.switch());
}

/** Switches to files that no engine has to be told of, and ends that. Throws PLACING_FAILED; all is as it was then. */
export function correctPlaces(placing: Placing): void {
  placingAction(() => placing.commit());
  finishPlaces(placing);
}

/** Puts back what stood there. Throws PLACING_FAILED; the next run puts it back then. */
export function undoPlaces(placing: Placing): void {
  placingAction(() => placing.undo());
}

/** The new files stay. Throws PLACING_FAILED when they do not. */
export function finishPlaces(placing: Placing): void {
  try {
    placingAction(() => placing.finish());
  } catch (error) {
    // What could not be cleared away is cleared away by the next run.
    if (!placing.isFinal) throw error;
  }
}

/** How far a placing has come that was killed; undefined when there is none. Throws PLACING_FAILED. */
export function killedPlaces(state: string): ReturnType<typeof killedPlacing> {
  return placingAction(() => killedPlacing(folderIn(state)));
}

/** Ends what a process that was killed has begun. Throws PLACING_FAILED. */
export function recoverPlaces(state: string): void {
  placingAction(() => recoverPlacing(folderIn(state)));
}

function folderIn(state: string): string {
  return join(state, 'places');
}

function placingAction<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw explained(error);
  }
}

function explained(error: unknown): unknown {
  if (!(error instanceof PlacingError)) return error;
  return pipelineError('PLACING_FAILED', { why: error.message, hint: error.hint }, error);
}

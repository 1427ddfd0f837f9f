import { join } from 'node:path';
import { pipelineError } from '../errors.ts';
import { PlacingError } from '../place/error.ts';
import type { Placing } from '../place/placing.ts';
import { preparePlacing } from '../place/prepare.ts';
import { type Recovery, recoverPlacing } from '../place/recover.ts';
import type { Part } from './part.ts';

/** Copies the files of all parts beside where the config wants them. Throws PLACING_FAILED with everything that is wrong. */
export function preparePlaces(parts: readonly Part[], state: string, signal: AbortSignal): Promise<Placing> {
  const requests = parts.map(({ config, folder, generation, manifest }) => ({
    exporter: config.id,
    places: config.places,
    generation: { dir: folder.dirOf(generation), files: manifest.files },
  }));
  return preparePlacing(requests, folderIn(state), signal).catch((error) => {
    throw explained(error);
  });
}

/** Switches everything to the new files. Throws PLACING_FAILED; all is as it was then. */
export function switchPlaces(placing: Placing): void {
  try {
    placing.commit();
  } catch (error) {
    throw explained(error);
  }
}

/** Ends what a process that was killed has begun. */
export function recoverPlaces(state: string): Recovery | undefined {
  try {
    return recoverPlacing(folderIn(state));
  } catch (error) {
    throw explained(error);
  }
}

function folderIn(state: string): string {
  return join(state, 'places');
}

function explained(error: unknown): unknown {
  if (!(error instanceof PlacingError)) return error;
  return pipelineError('PLACING_FAILED', { why: error.message, hint: error.hint }, error);
}

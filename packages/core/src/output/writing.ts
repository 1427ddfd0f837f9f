import { isPipelineError, messageOf, pipelineError } from '../errors.ts';

/** Runs an action that writes below the folder of an exporter. Throws OUTPUT_UNWRITABLE, with the folder, when it fails. */
export function writingBelow<T>(dir: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (isPipelineError(error)) throw error;
    throw pipelineError('OUTPUT_UNWRITABLE', { dir, why: messageOf(error) }, error);
  }
}

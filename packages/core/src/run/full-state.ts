import { messageOf, pipelineError } from '../errors.ts';

/** SQLite's number for a disk without room. */
const FULL = 13;

/** Does what writes into a state folder. Throws STATE_FULL, with the folder, when its disk has no room for a database. */
export async function writingState<T>(state: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const full = fullCause(error);
    throw full === undefined ? error : pipelineError('STATE_FULL', { state, why: messageOf(full) }, error);
  }
}

/** What SQLite said of a full disk, also where a stage has wrapped it. */
function fullCause(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  return 'errcode' in error && error.errcode === FULL ? error : fullCause(error.cause);
}

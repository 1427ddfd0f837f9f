import { errorCode } from '@misp-pipeline/core';

const CODES: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Whether an error of a socket says that the engine has ended the connection. */
export function hasHungUp(error: unknown): boolean {
  return CODES.has(errorCode(error));
}

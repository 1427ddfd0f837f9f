import { HttpError } from '../rest/http-error.ts';

/** The error for an answer that is JSON and yet not what MISP answers to this path. */
export function unexpected(path: string, what: string): HttpError {
  return new HttpError('unexpected', `the answer to \`${path}\` ${what}: is this a MISP server?`);
}

import { HttpError } from '../rest/http-error.ts';
import { isInterrupt } from './attempt.ts';
import type { Outcome } from './outcome.ts';

/** What the server has after a change, or why it could not be read: the change has to be told nevertheless. */
export type Reading<T> = { readonly things: readonly T[] } | { readonly fault: string };

export async function readAgain<T>(list: () => Promise<readonly T[]>): Promise<Reading<T>> {
  try {
    return { things: await list() };
  } catch (error) {
    if (isInterrupt(error)) return { fault: 'could not be checked: interrupted' };
    if (!(error instanceof HttpError)) throw error;
    return { fault: `could not be checked: ${error.message}` };
  }
}

/** The outcome of a change when the server could not be read again. */
export function unchecked(outcome: Outcome, fault: string): Outcome {
  const { status, failure = 'unchecked', note } = outcome;
  const told = note === undefined ? fault : `${note}; ${fault}`;
  return { ...outcome, status: status === 'changed' ? 'done' : status, failure, note: told };
}

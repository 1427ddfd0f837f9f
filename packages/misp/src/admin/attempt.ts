import { HttpError } from '../rest/http-error.ts';
import { failed, type Outcome, type Subject } from './outcome.ts';

/**
 * Does something about one thing; when the server fails at it, or a person interrupts it, that is the outcome, so that
 * what became of the others is told.
 */
export async function attempt(thing: Subject, act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    if (isInterrupt(error)) return failed(thing, 'interrupted', 'interrupted: whether the server did it is not known');
    if (!(error instanceof HttpError)) throw error;
    return failed(thing, error.kind, error.message);
  }
}

/** Whether an error is that of an AbortSignal. */
export function isInterrupt(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

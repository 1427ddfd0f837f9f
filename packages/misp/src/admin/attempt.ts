import { HttpError } from '../rest/http-error.ts';
import { failed, type Outcome, type Subject } from './outcome.ts';

/** Does something about one thing; when the server fails at it, that is the outcome, so that the others go on. */
export async function attempt(thing: Subject, act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return failed(thing, error.kind, error.message);
  }
}

import type { HttpFailure } from '../rest/http-error.ts';

/** One field of a feed or warninglist, before and after. */
export interface Change {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/**
 * What became of one thing. `changed`: the server was read again and has it so. `unchanged`: it was so before, nothing
 * was sent. `planned`: a dry run, nothing was sent. `done`: the server says that it did it, and it could not be seen.
 * `queued`: its workers will do it. `failed`: see `failure`; `changes` then tells what was done nevertheless.
 */
export type OutcomeStatus = 'changed' | 'unchanged' | 'planned' | 'done' | 'queued' | 'failed';

/**
 * Why something failed: the kinds of an HttpError; `unknown` nothing has that name; `ambiguous` several have it;
 * `off` the feed is not switched on for it; `not-taken` the server accepted the request but did not do it; `unchecked`
 * it did, and could not be read again; `interrupted` a person ended the program.
 */
export type OutcomeFailure = HttpFailure | 'unknown' | 'ambiguous' | 'off' | 'not-taken' | 'unchecked' | 'interrupted';

export interface Outcome {
  /** Undefined for what is not there, or not yet. */
  readonly id: string | undefined;
  readonly name: string;
  readonly status: OutcomeStatus;
  readonly changes: readonly Change[];
  /** In the server's words, or ours. */
  readonly note?: string | undefined;
  /** What is wrong; also beside `done` and `queued`, when that could not be checked. */
  readonly failure?: OutcomeFailure;
}

/** What has an id and a name on the server. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What is meant by a name, and may not be there. */
export interface Subject {
  readonly id?: string | undefined;
  readonly name: string;
}

export function failed({ id, name }: Subject, failure: OutcomeFailure, note: string): Outcome {
  return { id, name, status: 'failed', changes: [], failure, note };
}

/** `on` or `off`, as it stands in a Change. */
export function onOff(flag: boolean): 'on' | 'off' {
  return flag ? 'on' : 'off';
}

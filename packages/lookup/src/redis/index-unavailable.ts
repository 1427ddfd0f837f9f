/**
 * `unreachable`: the server is away; `timeout`: it does not answer in time; `refused`: it does not let us in or does not do
 * what it is asked for; `nothing-published`: no index is there; `damaged`: a part of the index is missing or not readable.
 */
export type UnavailableReason = 'unreachable' | 'timeout' | 'refused' | 'nothing-published' | 'damaged';

const HINTS: Readonly<Record<UnavailableReason, string>> = {
  unreachable: 'Check that Redis runs and that `url` names it; the connection is tried again by itself.',
  timeout: 'Look at the load of Redis and at the network, or allow a longer `timeout`.',
  refused: 'Check user, password and rights in Redis, and that its memory is not used up.',
  'nothing-published': 'Publish an index under this `prefix`; one that nobody replaces is gone after its `ttl`.',
  damaged: 'Publish the index again, and let Redis evict nothing (`maxmemory-policy noeviction`).',
};

/** A shared index cannot be asked now. Callers may answer from another index, but must say so. */
export class IndexUnavailable extends Error {
  override readonly name = 'IndexUnavailable';
  readonly reason: UnavailableReason;
  /** What to do, as a sentence. */
  readonly hint: string;

  constructor(reason: UnavailableReason, message: string) {
    super(message);
    this.reason = reason;
    this.hint = HINTS[reason];
  }
}

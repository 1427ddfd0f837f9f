import type { LookupIndex, Match, Query, Snapshot } from '../known.ts';
import { NoIndex } from '../no-index.ts';
import { IndexUnavailable } from './index-unavailable.ts';
import { MOST_SWITCHES, type ReadableIndex, type Reading } from './reading.ts';

/**
 * An index that answers from a second one while the first cannot be asked, and says so. Other errors than that it is
 * unavailable are passed on; when neither answers, so is what the first said.
 */
export function withFallback(primary: ReadableIndex, fallback: LookupIndex): ReadableIndex {
  return new FallbackIndex(primary, fallback);
}

class FallbackIndex implements ReadableIndex {
  readonly #primary: ReadableIndex;
  readonly #fallback: LookupIndex;

  constructor(primary: ReadableIndex, fallback: LookupIndex) {
    this.#primary = primary;
    this.#fallback = fallback;
  }

  async read(queries: readonly (readonly Query[])[]): Promise<Reading> {
    return this.#first(
      () => this.#primary.read(queries),
      async ({ message }) => ({ ...(await consistent(this.#fallback, queries)), degraded: true, why: message }),
    );
  }

  async find(queries: readonly (readonly Query[])[]): Promise<(readonly Match[])[]> {
    return [...(await this.read(queries)).matches];
  }

  async snapshot(): Promise<Snapshot> {
    return this.#first(
      () => this.#primary.snapshot(),
      () => this.#fallback.snapshot(),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.#primary.close(), this.#fallback.close()]);
  }

  async #first<Answer>(ask: () => Promise<Answer>, instead: (trouble: Error) => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (trouble) {
      if (!isUnavailable(trouble)) throw trouble;
      try {
        return await instead(trouble);
      } catch (error) {
        throw isUnavailable(error) ? trouble : error;
      }
    }
  }
}

function isUnavailable(error: unknown): error is Error {
  return error instanceof IndexUnavailable || error instanceof NoIndex;
}

/** Answers together with the snapshot that they are from, although the index is asked for each in turn. */
async function consistent(
  index: LookupIndex,
  queries: readonly (readonly Query[])[],
): Promise<Pick<Reading, 'matches' | 'snapshot'>> {
  let snapshot = await index.snapshot();
  for (let switches = 0; switches < MOST_SWITCHES; switches++) {
    const matches = await index.find(queries);
    const after = await index.snapshot();
    if (after.id === snapshot.id) return { matches, snapshot };
    snapshot = after;
  }
  throw new Error(`the index was replaced ${MOST_SWITCHES} times during one look-up`);
}

import type { Match, Query, Snapshot } from './known.ts';
import { NoIndex } from './no-index.ts';
import type { ReadableIndex, Reading } from './reading.ts';
import { IndexUnavailable } from './redis/index-unavailable.ts';

/**
 * An index that answers from a second one while the first cannot be asked, and says so. Other errors than that it is
 * unavailable are passed on; when neither answers, so is what the first said.
 */
export function withFallback(primary: ReadableIndex, fallback: ReadableIndex): ReadableIndex {
  return new FallbackIndex(primary, fallback);
}

class FallbackIndex implements ReadableIndex {
  readonly #primary: ReadableIndex;
  readonly #fallback: ReadableIndex;

  constructor(primary: ReadableIndex, fallback: ReadableIndex) {
    this.#primary = primary;
    this.#fallback = fallback;
  }

  async read(queries: readonly (readonly Query[])[]): Promise<Reading> {
    return this.#first(
      () => this.#primary.read(queries),
      async ({ message }) => {
        const reading = await this.#fallback.read(queries);
        const stead = `the index on this machine answered, since ${message}`;
        const why = reading.why === undefined ? stead : `${stead}; ${reading.why}`;
        return { ...reading, degraded: true, why };
      },
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

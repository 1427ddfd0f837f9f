import type { Match, Query, Snapshot } from './known.ts';
import type { ReadableIndex, Reading } from './reading.ts';

/**
 * An index that says with each answer when it is not of the release that is live, as after a crash.
 * @param live gives the number of that release; undefined when there is none, or nobody here can tell.
 */
export function knowingLive(index: ReadableIndex, live: () => number | undefined): ReadableIndex {
  return new LiveAwareIndex(index, live);
}

/** What is wrong with an index while a release is live; undefined when nothing is. */
export function behind({ release }: Snapshot, live: number | undefined): string | undefined {
  if (live === undefined || release === live) return undefined;
  const known = release === undefined ? 'no release' : `release ${release}`;
  return `the index is of ${known}, and release ${live} is live`;
}

class LiveAwareIndex implements ReadableIndex {
  readonly #index: ReadableIndex;
  readonly #live: () => number | undefined;

  constructor(index: ReadableIndex, live: () => number | undefined) {
    this.#index = index;
    this.#live = live;
  }

  async read(queries: readonly (readonly Query[])[]): Promise<Reading> {
    const reading = await this.#index.read(queries);
    const why = behind(reading.snapshot, this.#live());
    if (why === undefined) return reading;
    return { ...reading, degraded: true, why: reading.why === undefined ? why : `${reading.why}; ${why}` };
  }

  async find(queries: readonly (readonly Query[])[]): Promise<(readonly Match[])[]> {
    return this.#index.find(queries);
  }

  async snapshot(): Promise<Snapshot> {
    return this.#index.snapshot();
  }

  async close(): Promise<void> {
    await this.#index.close();
  }
}

import { type Clock, type Logger, messageOf, secondsOfSpan } from '@misp-pipeline/core';
import type { LookupIndex } from '@misp-pipeline/lookup';
import type { ServeMetrics } from './metrics.ts';

/** What the watch goes by. */
export interface Watched {
  readonly index: LookupIndex;
  /** A span such as `2d`. */
  readonly maxAge: string | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: ServeMetrics;
}

/** Milliseconds between two looks. */
const INTERVAL = 5000;

/** Notices when another snapshot answers, and when none that is fresh enough does. */
export class SnapshotWatch {
  readonly #watched: Watched;
  #last: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** Looks from time to time, until {@link stop}. */
  start(): void {
    this.#timer = setInterval(() => this.look(), INTERVAL).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Why the service is not ready; undefined when it is. */
  async look(): Promise<string | undefined> {
    const { index, maxAge, clock, logger, metrics } = this.#watched;
    try {
      const snapshot = await index.snapshot();
      const age = (clock.now().getTime() - Date.parse(snapshot.built)) / 1000;
      metrics.snapshot(snapshot, age);
      if (this.#last !== snapshot.id) {
        if (this.#last !== undefined) metrics.reload();
        this.#last = snapshot.id;
        // The pipeline, which the snapshot names too, stands in every line of the log already.
        const { id, built, release, indicators } = snapshot;
        logger.info({ snapshot: id, built, release, indicators }, 'another snapshot answers');
      }
      const isStale = maxAge !== undefined && age > secondsOfSpan(maxAge);
      return isStale ? `the snapshot was built at ${snapshot.built}, more than ${maxAge} ago` : undefined;
    } catch (error) {
      logger.error(`the index cannot be asked: ${messageOf(error)}`);
      return 'the index cannot be asked';
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';

/** Spaces requests evenly, at most so many a minute. */
export class Pace {
  readonly #interval: number;
  #next = 0;

  constructor(perMinute: number) {
    this.#interval = 60_000 / perMinute;
  }

  /** Waits for the turn of the next request. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const wait = this.#next - now;
    this.#next = Math.max(this.#next, now) + this.#interval;
    if (wait > 0) await sleep(wait, undefined, { signal });
  }
}

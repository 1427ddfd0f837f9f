import { setImmediate as turn } from 'node:timers/promises';
import type { Time } from '../src/schedule/time.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A time that a test passes by hand. */
export class ManualTime implements Time {
  #now: number;
  /** What timers count, which does not follow when the clock is set. */
  #passed = 0;
  readonly #sleepers = new Set<Sleeper>();

  constructor(now: string) {
    this.#now = Date.parse(now);
  }

  now(): Date {
    return new Date(this.#now);
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => resolve();
      signal.addEventListener('abort', wake, { once: true });
      if (signal.aborted) wake();
      else this.#sleepers.add({ until: this.#passed + ms, wake });
    });
  }

  /** Lets time pass second by second, and everybody do what is due. */
  async pass(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i++) {
      this.#now += 1000;
      this.#passed += 1000;
      for (const sleeper of this.#sleepers) {
        if (sleeper.until > this.#passed) continue;
        this.#sleepers.delete(sleeper);
        sleeper.wake();
      }
      await settled();
    }
  }

  /** Sets the clock; nobody who sleeps notices. */
  set(now: string): void {
    this.#now = Date.parse(now);
  }
}

/** Lets what has begun go on until it waits for something from outside. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await turn();
}

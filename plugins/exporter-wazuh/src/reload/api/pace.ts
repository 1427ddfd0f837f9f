import { setTimeout as wait } from 'node:timers/promises';

/** A clock and a way to wait, so that tests need neither. */
export interface Time {
  /** Milliseconds since some moment. */
  now(): number;
  sleep(seconds: number, signal: AbortSignal): Promise<void>;
}

export const realTime: Time = {
  now: () => performance.now(),
  sleep: (seconds, signal) => wait(seconds * 1000, undefined, { signal }),
};

/** Requests that the API takes in a minute, by its default. */
const REQUESTS = 300;
const MINUTE = 60_000;

/** Keeps to the number of requests that the API takes in a minute. */
export class Pace {
  readonly #time: Time;
  /** When the last requests were sent, oldest first. */
  #sent: number[] = [];

  constructor(time: Time) {
    this.#time = time;
  }

  /** Waits until one more request may be sent. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = this.#time.now();
    this.#sent = this.#sent.filter((moment) => now - moment < MINUTE);
    const [oldest = now] = this.#sent;
    if (this.#sent.length >= REQUESTS) await this.#time.sleep((oldest + MINUTE - now) / 1000, signal);
    this.#sent.push(this.#time.now());
  }

  /** Waits for a minute, since the API says that others have used it up. */
  async pause(signal: AbortSignal): Promise<void> {
    this.#sent = [];
    await this.#time.sleep(MINUTE / 1000, signal);
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@misp-pipeline/core';

/** The present, and waiting for a later one; a test passes the time by hand. */
export interface Time extends Clock {
  /** Resolves after `ms` milliseconds, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemTime: Time = {
  now: () => new Date(),
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
};

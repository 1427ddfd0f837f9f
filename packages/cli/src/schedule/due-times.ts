import { CronSchedule, type ScheduleOptions, secondsOfSpan } from '@misp-pipeline/core';

/** A due time that is noticed later than this, in milliseconds, was missed: the machine slept, or nobody was there. */
const LATE = 60_000;

/** A run that is to begin. */
export interface DueRun {
  /** What the schedule says. */
  readonly due: Date;
  /** That, and the random delay. */
  readonly startsAt: Date;
}

/**
 * Which due time comes next. All up to `servedUntil` have been dealt with; so each is served once, however the clock moves,
 * and several that have passed unnoticed are served by one run.
 */
export class DueTimes {
  readonly #schedule: CronSchedule;
  readonly #options: ScheduleOptions;
  readonly #random: () => number;
  #servedUntil: Date;
  #delay: number;

  /** `random` gives 0 to 1. */
  constructor(options: ScheduleOptions, servedUntil: Date, random: () => number) {
    this.#schedule = new CronSchedule(options);
    this.#options = options;
    this.#random = random;
    this.#servedUntil = servedUntil;
    this.#delay = this.#newDelay();
  }

  /** The next run; undefined when none is planned. It is due when its start lies not after `now`. */
  next(now: Date): DueRun | undefined {
    this.#followClockBack(now);
    const due = this.#schedule.after(this.#servedUntil);
    return due && { due, startsAt: new Date(due.getTime() + this.#delay) };
  }

  /** Whether a run that is due was missed, and the config says to leave it out then. */
  leavesOut({ startsAt }: DueRun, now: Date): boolean {
    return this.#options.missed === 'skip' && now.getTime() - startsAt.getTime() > LATE;
  }

  /** Until when a run that ended at `moment` counts as the latest: one due time may pass without another. */
  freshUntil(moment: Date): Date | undefined {
    const next = this.#schedule.after(moment);
    const second = next && this.#schedule.after(next);
    return second && new Date(second.getTime() + secondsOfSpan(this.#options.jitter) * 1000 + LATE);
  }

  /** Everything that was due until now has been dealt with. */
  serve(now: Date): void {
    this.#servedUntil = now;
    this.#delay = this.#newDelay();
  }

  /**
   * Where several due times lie between now and the last one that was served, the clock was wrong then. Where one lies there,
   * the clock was only adjusted, and the time must not be served twice.
   */
  #followClockBack(now: Date): void {
    const next = this.#schedule.after(now);
    const second = next && this.#schedule.after(next);
    if (second !== undefined && second <= this.#servedUntil) this.#servedUntil = now;
  }

  #newDelay(): number {
    return this.#random() * secondsOfSpan(this.#options.jitter) * 1000;
  }
}

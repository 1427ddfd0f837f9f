import { messageOf, type ScheduleOptions } from '@misp-pipeline/core';
import { Cron } from 'croner';

/** The due times of a pipeline. */
export class CronSchedule {
  readonly #cron: Cron;

  /** Throws an Error that says what is wrong with the expression or the time zone. */
  constructor({ cron, timezone }: Pick<ScheduleOptions, 'cron' | 'timezone'>) {
    this.#cron = new Cron(cron, { timezone, mode: '5-or-6-parts' });
  }

  /** The first due time after a moment; undefined when there is none. */
  after(moment: Date): Date | undefined {
    return this.#cron.nextRun(moment) ?? undefined;
  }
}

/** What is wrong with a schedule; undefined when nothing is. */
export function scheduleFault(options: ScheduleOptions): string | undefined {
  try {
    const first = new CronSchedule(options).after(new Date(0));
    return first === undefined ? `\`${options.cron}\` names a time that never comes` : undefined;
  } catch (error) {
    return `\`${options.cron}\` in the time zone \`${options.timezone}\`: ${messageOf(error)}`;
  }
}

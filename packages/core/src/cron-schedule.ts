import { Cron } from 'croner';

/** When something is due. */
interface DueTimes {
  /** Expression of five or six fields. */
  readonly cron: string;
  /** Name of the time zone of the expression. */
  readonly timezone: string;
}

/** The due times of a pipeline. */
export class CronSchedule {
  readonly #cron: Cron;

  /** Throws an Error that says what is wrong with the expression or the time zone. */
  constructor({ cron, timezone }: DueTimes) {
    this.#cron = new Cron(cron, { timezone, mode: '5-or-6-parts' });
  }

  /** The first due time after a moment; undefined when there is none. */
  after(moment: Date): Date | undefined {
    return this.#cron.nextRun(moment) ?? undefined;
  }
}

/** The fields of an expression with six; one with five has no seconds. */
const FIELDS = ['second', 'minute', 'hour', 'day of the month', 'month', 'day of the week'] as const;

/** What to write instead of an expression; undefined when nothing is wrong with it. Does not quote it. */
export function cronFault(cron: string): string | undefined {
  const first = firstTime(cron, 'UTC');
  if (first === 'invalid') return wrongField(cron);
  return first === undefined ? 'write a time that comes' : undefined;
}

/** Whether a time zone of that name is known. */
export function isTimezone(name: string): boolean {
  return firstTime('* * * * *', name) !== 'invalid';
}

function firstTime(cron: string, timezone: string): Date | 'invalid' | undefined {
  try {
    return new CronSchedule({ cron, timezone }).after(new Date(0));
  } catch {
    // Its words quote the expression, which may be one that nobody should see.
    return 'invalid';
  }
}

function wrongField(cron: string): string {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) return 'write five or six fields, such as `*/15 * * * *`';
  const names = FIELDS.slice(-fields.length);
  const wrong = names.find(
    (_, i) => firstTime(fields.map((field, at) => (at === i ? field : '*')).join(' '), 'UTC') === 'invalid',
  );
  return `write ${wrong === undefined ? 'fields that go together' : `another ${wrong}`}`;
}

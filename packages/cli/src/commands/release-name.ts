import { UsageError } from '../usage-error.ts';

/** The number of a release as a person writes it. */
export function releaseNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`\`${text}\` is no number of a release`, '`misp-pipeline history` lists them.');
  return Number(text);
}

/** A moment as a person writes it: a date, or a date with a time; without a zone it is UTC. */
export function momentOf(text: string): Date {
  const [, date = '', time = '23:59:59', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  const moment = new Date(`${date}T${time}${zone}`);
  if (isDay(date) && !Number.isNaN(moment.getTime())) return moment;
  throw new UsageError(
    `\`${text}\` is no moment`,
    'Write it as 2026-01-31 (the end of the day, UTC) or 2026-01-31T12:00Z.',
  );
}

/** Whether the calendar has the day; a Date takes the 30th of February for the 2nd of March. */
function isDay(date: string): boolean {
  const day = new Date(`${date}T00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

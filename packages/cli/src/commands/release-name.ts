import { UsageError } from '../usage-error.ts';

/** The number of a release as a person writes it. */
export function releaseNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`\`${text}\` is no number of a release`, '`misp-pipeline history` lists them.');
  return Number(text);
}

/** A moment as a person writes it: a date, or a date with a time; without a zone it is UTC. */
export function momentOf(text: string): Date {
  const [, date, time = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  const moment = new Date(date === undefined ? Number.NaN : `${date}T${time === '' ? '23:59:59' : time}${zone}`);
  if (Number.isNaN(moment.getTime()))
    throw new UsageError(
      `\`${text}\` is no moment`,
      'Write it as 2026-01-31 (the end of the day, UTC) or 2026-01-31T12:00Z.',
    );
  return moment;
}

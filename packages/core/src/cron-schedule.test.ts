import { describe, expect, it } from 'vitest';
import { cronFault, isTimezone } from './cron-schedule.ts';

describe('cronFault', () => {
  it.each(['*/5 * * * *', '0 */5 * * * *', '0 6 * * MON-FRI', '0 0 L * *', '@daily'])('takes %s', (cron) => {
    expect(cronFault(cron)).toBeUndefined();
  });

  it.each([
    ['', 'write five or six fields'],
    ['hourly', 'write five or six fields'],
    ['0 0 1 1 * 2030 0', 'write five or six fields'],
    ['70 * * * *', 'write another minute'],
    ['70 0 * * * *', 'write another second'],
    ['0 0 * * MONDAYS', 'write another day of the week'],
    ['0 25 x * *', 'write another hour'],
    ['0 0 30 2 *', 'write a time that comes'],
  ])('says what to write instead of `%s`', (cron, text) => {
    expect(cronFault(cron)).toContain(text);
  });
});

describe('isTimezone', () => {
  it('knows names of time zones alone', () => {
    expect(['UTC', 'Europe/Berlin', 'Mars/Olympus'].map(isTimezone)).toEqual([true, true, false]);
  });
});

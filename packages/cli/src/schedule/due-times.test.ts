import type { ScheduleOptions } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { DueTimes } from './due-times.ts';

const at = (time: string) => new Date(`2026-11-24T${time}Z`);
const EVERY_FIVE: ScheduleOptions = { cron: '*/5 * * * *', timezone: 'UTC', jitter: '0s', missed: 'run' };

function dueTimes(servedUntil: string, options: Partial<ScheduleOptions> = {}, random = 0): DueTimes {
  return new DueTimes({ ...EVERY_FIVE, ...options }, at(servedUntil), () => random);
}

describe('DueTimes', () => {
  it.each([
    ['12:03:00', '12:03:10', '12:05:00', 'waits for the next'],
    ['12:00:00', '12:05:00', '12:05:00', 'is punctual'],
    ['12:00:00', '14:31:00', '12:05:00', 'serves what was slept through'],
    ['12:00:01', '11:59:58', '12:05:00', 'serves nothing twice when the clock is set back a little'],
    ['12:00:01', '11:55:01', '12:05:00', 'serves nothing twice when the clock is set back by one interval'],
    ['12:00:01', '09:00:30', '09:05:00', 'starts anew when the clock was far ahead'],
  ])('served until %s, at %s: next is %s, so it %s', (servedUntil, now, due) => {
    expect(dueTimes(servedUntil).next(at(now))).toEqual({ due: at(due), startsAt: at(due) });
  });

  it('serves all that was slept through by one run', () => {
    const times = dueTimes('08:00:00');
    times.serve(at('12:31:00'));
    expect(times.next(at('12:31:00'))?.due).toEqual(at('12:35:00'));
  });

  it.each([
    ['run', '14:00:00', false],
    ['skip', '14:00:00', true],
    ['skip', '12:05:40', false],
  ] as const)('with `missed: %s`, at %s, leaves out the run of 12:05: %s', (missed, now, isLeftOut) => {
    const times = dueTimes('12:00:00', { missed });
    const next = times.next(at(now));
    expect(next && times.leavesOut(next, at(now))).toBe(isLeftOut);
  });

  it('delays a run by the same part of the jitter until it is served', () => {
    const times = dueTimes('12:00:00', { jitter: '1m' }, 0.5);
    expect(times.next(at('12:01:00'))?.startsAt).toEqual(at('12:05:30'));
    expect(times.next(at('12:05:10'))?.startsAt).toEqual(at('12:05:30'));
  });

  it('goes by the time zone, through the end of summer time', () => {
    const times = new DueTimes(
      { ...EVERY_FIVE, cron: '30 2 * * *', timezone: 'Europe/Berlin' },
      new Date('2026-10-24T12:00:00Z'),
      () => 0,
    );
    const due = Array.from({ length: 2 }, () => {
      const next = times.next(new Date('2026-10-24T12:00:00Z'))?.due ?? new Date(0);
      times.serve(next);
      return next.toISOString();
    });
    expect(due).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
  });

  it('counts a run as the latest until a second due time has passed', () => {
    expect(dueTimes('12:00:00').freshUntil(at('12:00:10'))).toEqual(at('12:11:00'));
  });
});

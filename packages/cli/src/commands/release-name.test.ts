import { describe, expect, it } from 'vitest';
import { momentOf, releaseNumber } from './release-name.ts';

describe('momentOf', () => {
  it.each([
    ['2026-01-31', '2026-01-31T23:59:59.000Z'],
    ['2026-01-31T12:00', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31 12:00:30Z', '2026-01-31T12:00:30.000Z'],
    ['2026-01-31T12:00+02:00', '2026-01-31T10:00:00.000Z'],
    ['2028-02-29', '2028-02-29T23:59:59.000Z'],
  ])('reads `%s`', (text, moment) => {
    expect(momentOf(text).toISOString()).toBe(moment);
  });

  it.each(['', 'yesterday', '2026-02-30', '2026-13-01', '2026-01-31T25:00', '31.01.2026', '2026-01-31T12:00+99:00'])(
    'refuses `%s`',
    (text) => {
      expect(() => momentOf(text)).toThrow(`\`${text}\` is no moment`);
    },
  );
});

describe('releaseNumber', () => {
  it('reads a number, and nothing that only looks like one', () => {
    expect(releaseNumber('12')).toBe(12);
    for (const text of ['0', '-1', '1.5', '1e3', '0x1', ' 1', ''])
      expect(() => releaseNumber(text)).toThrow('is no number of a release');
  });
});

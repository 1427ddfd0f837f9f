import { describe, expect, it } from 'vitest';
import { flagOf, listOf, momentOf, secondsOf, textOf, uuidOf } from './fields.ts';

describe('flagOf', () => {
  it.each([true, 1, '1', 'true'])('takes %j for yes', (value) => {
    expect(flagOf(value)).toBe(true);
  });

  it.each([false, 0, '0', 'false'])('takes %j for no', (value) => {
    expect(flagOf(value)).toBe(false);
  });

  it.each([undefined, null, '', 'yes', 2, {}, []])('says nothing for %j', (value) => {
    expect(flagOf(value)).toBeUndefined();
  });
});

describe('textOf', () => {
  it('reads text and numbers, and nothing else', () => {
    expect([textOf('a'), textOf(80), textOf(null), textOf(true), textOf({}), textOf(['a'])]).toEqual([
      'a',
      '80',
      '',
      '',
      '',
      '',
    ]);
  });
});

describe('listOf', () => {
  it('takes a single object for a list of one', () => {
    expect(listOf({ name: 'tlp:red' })).toEqual([{ name: 'tlp:red' }]);
  });

  it('takes an object with numbers for keys for the list with gaps that PHP meant', () => {
    expect(listOf({ 0: 'a', 2: 'b' })).toEqual(['a', 'b']);
  });

  it.each([undefined, null, 'Tag', 1, {}])('finds nothing in %j', (value) => {
    expect(listOf(value)).toEqual([]);
  });
});

describe('secondsOf', () => {
  it.each([
    ['1763971200', 1763971200],
    [1763971200, 1763971200],
    [1763971200.9, 1763971200],
  ])('reads %j', (value, seconds) => {
    expect(secondsOf(value)).toBe(seconds);
  });

  it.each(['0', 0, '', null, undefined, 'soon', -1, '1e30', '1763971200123', Number.NaN, {}])(
    'reads nothing in %j',
    (value) => {
      expect(secondsOf(value)).toBeUndefined();
    },
  );
});

describe('momentOf', () => {
  const moment = Date.UTC(2026, 10, 1, 10, 0, 0) / 1000;

  it.each([
    '2026-11-01T10:00:00.123456+00:00',
    '2026-11-01T11:00:00.123456+01:00',
    '2026-11-01T10:00:00Z',
    '2026-11-01T10:00:00',
    '2026-11-01 10:00:00',
    '2026-11-01T10:00',
    '1793527200',
    1793527200,
    '1793527200123',
    '1793527200123456',
  ])('reads %j', (value) => {
    expect(momentOf(value)).toBe(moment);
  });

  it('reads a date as its midnight in UTC', () => {
    expect(momentOf('2026-11-01')).toBe(Date.UTC(2026, 10, 1) / 1000);
  });

  it.each([null, undefined, '', '0', 'yesterday', '2026-13-01', '01/11/2026', '9'.repeat(400), {}])(
    'reads nothing in %j',
    (value) => {
      expect(momentOf(value)).toBeUndefined();
    },
  );
});

describe('uuidOf', () => {
  it('gives lower case', () => {
    expect(uuidOf('5B1D3C1E-8A61-4B0E-9D5D-6F1F5A6D2C11')).toBe('5b1d3c1e-8a61-4b0e-9d5d-6f1f5a6d2c11');
  });

  it.each(['', '5b1d3c1e', '../../../../../../etc/passwd/aaaaaaaaaa', 7, null])('refuses %j', (value) => {
    expect(uuidOf(value)).toBeUndefined();
  });
});

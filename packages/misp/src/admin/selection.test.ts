import { describe, expect, it } from 'vitest';
import { matchesPattern, select } from './selection.ts';

const things = [
  { id: '1', name: 'Top 1000' },
  { id: '2', name: 'Top 5000' },
  { id: '3', name: 'RFC 1918' },
  { id: '4', name: 'rfc 1918' },
];

const idsOf = (...words: string[]) => select(things, words).chosen.map(({ id }) => id);

describe('select', () => {
  it('chooses by id, by name in any case, by pattern, and all, each once', () => {
    expect(idsOf('3', 'top 1000')).toEqual(['1', '3']);
    expect(idsOf('Top*', '1')).toEqual(['1', '2']);
    expect(idsOf('all')).toEqual(['1', '2', '3', '4']);
  });

  it('chooses none of several that have the same name, and tells their ids', () => {
    const { chosen, misses } = select(things, ['RFC 1918']);
    expect(chosen).toEqual([]);
    expect(misses).toMatchObject([{ failure: 'ambiguous', note: expect.stringContaining('3, 4') }]);
  });

  it('names each word that chooses nothing', () => {
    const { chosen, misses } = select(things, ['nope', '99', '1']);
    expect(chosen).toHaveLength(1);
    expect(misses.map(({ name, failure }) => [name, failure])).toEqual([
      ['nope', 'unknown'],
      ['99', 'unknown'],
    ]);
  });
});

describe('matchesPattern', () => {
  it.each([
    ['List of RFC 1918 blocks', '*rfc*', true],
    ['List of RFC 1918 blocks', 'list*blocks', true],
    ['List of RFC 1918 blocks', 'rfc*', false],
    ['aba', 'ab*ba', false],
    ['abba', 'ab*ba', true],
    ['a+b', 'a+b', true],
  ])('%s against %s', (text, pattern, expected) => {
    expect(matchesPattern(text, pattern)).toBe(expected);
  });

  it('ends on a hostile name and pattern', () => {
    expect(matchesPattern('a'.repeat(100_000), `${'*a'.repeat(10_000)}*b`)).toBe(false);
  });
});

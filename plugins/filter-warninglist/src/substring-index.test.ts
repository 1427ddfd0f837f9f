import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SubstringIndex } from './substring-index.ts';

describe('the substring index', () => {
  it('finds an entry at the start, in the middle and at the end', () => {
    const index = new SubstringIndex([{ list: 7, text: 'mcafee.com' }]);
    for (const value of ['mcafee.com/x', 'howtoactivatemcafee.community', 'www.mcafee.com']) {
      expect(index.find(value)).toEqual([{ list: 7, text: 'mcafee.com' }]);
    }
    expect(index.find('mcafee.org')).toEqual([]);
    expect(index.find('')).toEqual([]);
  });

  it('names an entry once, however often it occurs, and once for each list that has it', () => {
    const index = new SubstringIndex([
      { list: 0, text: 'abcd' },
      { list: 1, text: 'abcd' },
    ]);
    expect(
      index
        .find('abcdabcd')
        .map(({ list }) => list)
        .sort(),
    ).toEqual([0, 1]);
  });

  it('agrees with looking for every entry', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', 'ü', '\u{1F600}'), minLength: 4, maxLength: 9 });
    const value = fc.string({ unit: fc.constantFrom('a', 'b', '.', 'ü', '\u{1F600}'), maxLength: 40 });
    fc.assert(
      fc.property(fc.uniqueArray(text, { maxLength: 20 }), value, (texts, searched) => {
        const index = new SubstringIndex(texts.map((entry, list) => ({ list, text: entry })));
        const expected = texts.filter((entry) => searched.includes(entry)).sort();
        expect(
          index
            .find(searched)
            .map((found) => found.text)
            .sort(),
        ).toEqual(expected);
      }),
    );
  });
});

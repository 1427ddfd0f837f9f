import { describe, expect, it } from 'vitest';
import { rowsOf } from './rows.ts';

const DIALECT = { delimiter: ',', quote: '"', comment: '#' };
const rows = (text: string, dialect = DIALECT) =>
  [...rowsOf(Buffer.from(text), dialect)].map(({ line, cells, isComment }) => [line, isComment ? '#' : cells]);

describe('rows of a file', () => {
  it('pass over blank lines and know comments', () => {
    expect(rows('# head\r\n\r\na,b\r\n#tail')).toEqual([
      [1, '#'],
      [3, ['a', 'b']],
      [4, '#'],
    ]);
  });

  it('may have no comments', () => {
    expect(rows('#a,b', { ...DIALECT, comment: '' })).toEqual([[1, ['#a', 'b']]]);
  });

  it('go on in the next line while a quote is open', () => {
    expect(rows('"a\n# no comment",b\nc,d')).toEqual([
      [1, ['a\n# no comment', 'b']],
      [3, ['c', 'd']],
    ]);
  });

  it('lose only the line of a quote that is never closed', () => {
    const text = ['a,"b', ...Array.from({ length: 20 }, (_, i) => `row-${i},x`)].join('\n');
    const found = rows(text);
    expect(found).toHaveLength(21);
    expect(found.slice(0, 2)).toEqual([
      [1, undefined],
      [2, ['row-0', 'x']],
    ]);
  });

  it('lose only the line with text behind a quoted cell', () => {
    expect(rows('"a"b,c\n"d","e\n"f","g"\n"h",i')).toEqual([
      [1, undefined],
      [2, undefined],
      [3, ['f', 'g']],
      [4, ['h', 'i']],
    ]);
  });

  it('lose only the last line when the file ends in an open quote', () => {
    expect(rows('a,b\n"c')).toEqual([
      [1, ['a', 'b']],
      [2, undefined],
    ]);
  });

  it('are not endless', () => {
    expect(rows(`"${'x'.repeat(70_000)}\n",b\nc`)[0]).toEqual([1, undefined]);
  });
});

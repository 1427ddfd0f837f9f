import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf } from './cells.ts';

const COMMA = { delimiter: ',', quote: '"' };

describe('cells of a row', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['"a","b, c"', ['a', 'b, c']],
    ['"a", "b", "c"', ['a', 'b', 'c']],
    ['"say ""no""",b', ['say "no"', 'b']],
    ['"",,""', ['', '', '']],
    ['a,', ['a', '']],
    ['', ['']],
    [' a , b ', ['a', 'b']],
    ['a "quoted" word,b', ['a "quoted" word', 'b']],
    ['"a" ,b', ['a', 'b']],
    ['"two\nlines",b', ['two\nlines', 'b']],
  ])('of `%s` are %j', (row, cells) => {
    expect(cellsOf(row, COMMA)).toEqual(cells);
  });

  it.each([
    [';', 'a;b,c', ['a', 'b,c']],
    ['|', 'a | b', ['a', 'b']],
    ['\t', 'a\t\tb', ['a', '', 'b']],
    [' ', 'a   b c', ['a', 'b', 'c']],
  ])('may be delimited by `%s`', (delimiter, row, cells) => {
    expect(cellsOf(row, { delimiter, quote: '"' })).toEqual(cells);
  });

  it('may have no quotes, or others', () => {
    expect(cellsOf('"a,b"', { delimiter: ',', quote: '' })).toEqual(['"a', 'b"']);
    expect(cellsOf("'a,b'", { delimiter: ',', quote: "'" })).toEqual(['a,b']);
  });

  it.each(['"a', 'a,"b', '"a""'])('are unknown while a quote is open: `%s`', (row) => {
    expect(cellsOf(row, COMMA)).toBeUndefined();
  });

  it.each(['"a"b,c', '"a" b', '"two\nlines"b"'])('are unknown when text stands behind a quoted one: `%s`', (row) => {
    expect(cellsOf(row, COMMA)).toBeUndefined();
  });

  it('are those that were written by the rules of RFC 4180', () => {
    const cell = fc.string().map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        const row = cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
        expect(cellsOf(row, COMMA)).toEqual(cells);
      }),
    );
  });
});

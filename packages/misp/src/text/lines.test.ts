import { describe, expect, it } from 'vitest';
import { linesOf } from './lines.ts';

const textsOf = (text: string) => [...linesOf(Buffer.from(text))].map((line) => line.text);

describe('lines of a text', () => {
  it('end in LF or CRLF, the last one also in nothing', () => {
    expect(textsOf('one\r\ntwo\n\nfour')).toEqual(['one', 'two', '', 'four']);
  });

  it('end in a lone CR too', () => {
    expect(textsOf('one\rtwo\r\nthree\n\rfive\r')).toEqual(['one', 'two', 'three', '', 'five']);
  });

  it('are none in an empty text', () => {
    expect(textsOf('')).toEqual([]);
  });

  it('begin behind the byte order mark', () => {
    expect(textsOf('\ufeffone')).toEqual(['one']);
  });

  it('are cut when they are longer than anybody means', () => {
    const lines = [...linesOf(Buffer.from(`${'x'.repeat(2_000_000)}\nshort`))];
    expect(lines.map(({ number, text, isCut }) => [number, text.length, isCut])).toEqual([
      [1, 200, true],
      [2, 5, false],
    ]);
  });
});

import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { literal } from '../../testing/sigma-rule.ts';
import { isWritable, sigmaText } from './value.ts';

const read = (text: string) => load(`- ${text}\n`) as readonly unknown[];

/** Text of any characters, with much of what YAML and Sigma treat in a special way. */
const anyText = fc.string({
  unit: fc.oneof(fc.constantFrom(...'\\*?\'"%:#-&!|>{}[], \t\n\0\u0085\u2028\ufeff'), fc.string({ unit: 'binary' })),
});

describe('sigmaText', () => {
  it('stands for exactly the value that it was given, in one YAML scalar', () => {
    fc.assert(
      fc.property(anyText.filter(isWritable), (value) => {
        const [text, ...more] = read(sigmaText(value));
        expect(more).toEqual([]);
        expect(literal(String(text))).toBe(value);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['C:\\Temp\\x.exe', "'C:\\Temp\\x.exe'"],
    ['\\\\srv\\x', "'\\\\\\\\srv\\x'"],
    ['a?b=*', "'a\\?b=\\*'"],
    ['a\\*', "'a\\\\\\*'"],
    ['end\\', "'end\\'"],
    ["it's", "'it''s'"],
  ])('writes `%s` as %s', (value, text) => {
    expect(sigmaText(value)).toBe(text);
  });

  it.each(['no', '1e5', '0123', 'null', '~', '2026-01-01', '- x', '&a', '!!binary x'])('keeps `%s` text', (value) => {
    expect(read(sigmaText(value))).toEqual([value]);
  });
});

describe('isWritable', () => {
  it.each(['\0', '\n', '\t', '\x7f', '\x85', '\u200b', '\u202e', '\u2028', '\u2029', '\ufeff', '\ud83d', '\uffff'])(
    'refuses a value with %j in it',
    (char) => {
      expect(isWritable(`a${char}b`)).toBe(false);
    },
  );

  it('accepts every other script', () => {
    expect(isWritable('Bücher ﷽ \u{1f480} é')).toBe(true);
  });
});

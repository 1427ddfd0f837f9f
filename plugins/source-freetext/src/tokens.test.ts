import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokensOf } from './tokens.ts';

const textsOf = (line: string) => tokensOf(line).flatMap(({ text }) => (text === '' ? [] : text));

describe('tokens of a line', () => {
  it.each([
    ['(evil[.]example)', 'evil[.]example'],
    ['[hxxp://evil[.]example/]', 'hxxp://evil[.]example/'],
    ['"evil[.]example",', 'evil[.]example'],
    ['`++http://evil[.]example/x++`', 'http://evil[.]example/x'],
    ['|`+evil[.]example+`|', 'evil[.]example'],
    ['`\\https://evil.example/a`', 'https://evil.example/a'],
    ['192.0.2[.]1:6504.', '192.0.2[.]1:6504'],
    ['192.0.2.[.]1', '192.0.2[.]1'],
    ['http://evil[.]example/?q=', 'http://evil[.]example/?q='],
    ['hxxp://evil[.]example/a_(b)', 'hxxp://evil[.]example/a_(b)'],
    ['evil [.] example', 'evil[.]example'],
    ['([192.0.2[.]56])', '[192.0.2[.]56]'],
    ['hxxps[://]evil[.]example/g/...', 'hxxps[://]evil[.]example/g/'],
  ])('`%s` holds `%s`', (line, token) => {
    expect(textsOf(line)).toEqual([token]);
  });

  it('are several where a slash stands between values', () => {
    expect(textsOf('evil[.]example/192.0.2[.]75')).toEqual(['evil[.]example', '192.0.2[.]75']);
    expect(textsOf('192.0.2[.]75/bins/x')).toEqual(['192.0.2[.]75/bins/x']);
  });

  it.each(['[post](https://blog.example/x)', 'post https://blog.example/x[our post]'])(
    'know the target of a link with words: `%s`',
    (line) => {
      const targets = tokensOf(line).filter(({ isLinkTarget }) => isLinkTarget);
      expect(targets.map(({ text }) => text)).toEqual([expect.stringMatching(/^https:\/\/blog\.example\/x/)]);
    },
  );

  it('never make anything throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (line) => {
        tokensOf(line);
      }),
    );
  });
});

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
    ['「evil[.]example…」、', 'evil[.]example'],
    ['（evil[.]example）', 'evil[.]example'],
    ['_ldap._tcp.evil[.]example', '_ldap._tcp.evil[.]example'],
    ['_evil[.]example_', 'evil[.]example'],
    ['**evil[.]example**', 'evil[.]example'],
    ['*.a.evil[.]example', '*.a.evil[.]example'],
    ['url=hxxp://evil[.]example/?a=b', 'hxxp://evil[.]example/?a=b'],
    ['([192.0.2[.]56])', '[192.0.2[.]56]'],
    ['hxxps[://]evil[.]example/g/...', 'hxxps[://]evil[.]example/g/'],
  ])('`%s` holds `%s`', (line, token) => {
    expect(textsOf(line)).toEqual([token]);
  });

  it.each([
    ['hxxp://evil[.]example/a,hxxp://evil[.]example/b', ['hxxp://evil[.]example/a', 'hxxp://evil[.]example/b']],
    ['evil[.]example—the server', ['evil[.]example']],
    ['c2=evil[.]example', ['evil[.]example']],
    ['C2:evil[.]example:443', ['evil[.]example:443']],
    ['evil[.]example->192.0.2[.]1', ['evil[.]example', '192.0.2[.]1']],
    ['evil[.]example→192.0.2[.]1', ['evil[.]example', '192.0.2[.]1']],
    ['evil[.]example(192.0.2[.]1)', ['evil[.]example', '192.0.2[.]1']],
  ])('hold values that something joins: `%s`', (line, tokens) => {
    expect(textsOf(line)).toEqual(expect.arrayContaining(tokens));
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

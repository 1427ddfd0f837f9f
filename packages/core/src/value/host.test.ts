import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalHost } from './host.ts';

describe('canonicalHost', () => {
  it.each([
    ['example.org', 'example.org'],
    ['WWW.Example.ORG', 'www.example.org'],
    ['example.org.', 'example.org'],
    ['_dmarc.example.org', '_dmarc.example.org'],
    ['-a-.example.org', '-a-.example.org'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['faß.example', 'xn--fa-hia.example'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['ｅｘａｍｐｌｅ．ｏｒｇ', 'example.org'],
    ['🦊.example', 'xn--9s9h.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['1.2.3.4.example', '1.2.3.4.example'],
    ['4chan.org', '4chan.org'],
    [`${'a'.repeat(63)}.org`, `${'a'.repeat(63)}.org`],
  ])('reads %j as %j', (text, host) => {
    expect(canonicalHost(text)).toBe(host);
  });

  it.each([
    '',
    '.',
    'localhost',
    'localhost.',
    'a..b',
    '.example.org',
    'example.org..',
    `${'a'.repeat(64)}.org`,
    `${'a.'.repeat(126)}org`,
    '1.2.3.4',
    '1.2.3',
    'example.1',
    'example.0x1f',
    'example.0x',
    '１２７.0.0.1',
    '2001:db8::1',
    'exa mple.org',
    'example.org:80',
    'example.org/a',
    '*.example.org',
    "o'neill.example",
    'a\nb.example',
    'a\0b.example',
  ])('refuses %j', (text) => {
    expect(canonicalHost(text)).toBeUndefined();
  });

  it.each(['bücher.example/evil', 'user@bücher.example', 'bücher.example:80', 'bücher.example?q', 'bücher.example#f'])(
    'refuses %j instead of cutting it to a name',
    (text) => {
      expect(canonicalHost(text)).toBeUndefined();
    },
  );

  it.each(['bücher%2eexample', 'bü\tcher.example', 'bücher.example\\x', 'ex％61mple.ü'])(
    'refuses %j instead of decoding it',
    (text) => {
      expect(canonicalHost(text)).toBeUndefined();
    },
  );

  it.each([
    ['zero-width space', 'exa\u200bmple.org'],
    ['zero-width joiner', 'exa\u200dmple.org'],
    ['soft hyphen', 'exa\u00admple.org'],
    ['word joiner', 'exa\u2060mple.org'],
    ['right-to-left override', 'gro.\u202eexample'],
    ['variation selector', 'exa\ufe0fmple.org'],
    ['byte order mark', '\ufeffexample.org'],
    ['Hangul filler', 'exa\u3164mple.org'],
  ])('refuses a name with a %s, which nobody would see', (_, text) => {
    expect(canonicalHost(text)).toBeUndefined();
  });

  it('gives a value that stays as it is', () => {
    const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const name = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));
    fc.assert(
      fc.property(fc.oneof(fc.domain(), name, fc.string()), (text) => {
        const once = canonicalHost(text);
        if (once !== undefined) expect(canonicalHost(once)).toBe(once);
      }),
    );
  });

  it('makes no difference between capitals and small letters', () => {
    fc.assert(
      fc.property(fc.domain(), (name) => {
        expect(canonicalHost(name.toUpperCase())).toBe(canonicalHost(name));
      }),
    );
  });
});

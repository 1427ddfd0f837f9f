import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refangHost, refangUrl } from './refang.ts';

const DOTS = [
  '.',
  '[.]',
  '(.)',
  '{.}',
  '[dot]',
  '(dot)',
  '{dot}',
  '[DOT]',
  ' [.] ',
  '[.',
  '.]',
  '\\.',
  ' dot ',
  ' DOT ',
];
const SCHEMES = ['hxxp', 'hXXp', 'hxtp', 'htxp', 'h[tt]p', 'meow', 'HXXP', 'http'];
const SEPARATORS = ['://', '[:]//', '[://]', ':\\\\', ' [:] //'];

describe('refangHost', () => {
  it.each(DOTS)('reads %j as a dot', (dot) => {
    expect(refangHost(`www${dot}evil${dot}example`)).toBe('www.evil.example');
  });

  it.each([
    ['user[@]evil[.]example', 'user@evil.example'],
    ['user(at)evil(dot)example', 'user@evil.example'],
    ['user [AT] evil.example', 'user@evil.example'],
    ['2001[:]db8[:][:]1', '2001:db8::1'],
    ['evil[.]example[:]8080', 'evil.example:8080'],
    ['e[v]il.example', 'evil.example'],
    ['evil.example...', 'evil.example'],
    ['"evil.example"', 'evil.example'],
    ["'evil.example'", 'evil.example'],
    ['<evil.example>', 'evil.example'],
  ])('reads %j as %j', (text, host) => {
    expect(refangHost(text)).toBe(host);
  });

  it('undoes what defanging does', () => {
    fc.assert(
      fc.property(fc.domain(), fc.constantFrom(...DOTS), (host, dot) => {
        expect(refangHost(host.replaceAll('.', dot))).toBe(host);
      }),
    );
  });

  it('leaves a plain host as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6()), (host) => {
        expect(refangHost(host)).toBe(host);
      }),
    );
  });
});

describe('refangUrl', () => {
  it.each([
    ['hxxp://evil[.]example[.]com/a', 'http://evil.example.com/a'],
    ['hxxps[:]//evil.example', 'https://evil.example'],
    ['hxxp[s]://evil.example/x', 'https://evil.example/x'],
    ['[hxxps://]evil.example/x', 'https://evil.example/x'],
    ['fxp://evil.example/x', 'ftp://evil.example/x'],
    ['http:/evil.example/x', 'http://evil.example/x'],
    ['evil[.]example/x', 'evil.example/x'],
    ['hxxp://evil.example/a[.]php?b[dot]c', 'http://evil.example/a.php?b.c'],
    ['tcp://evil[.]example:443', 'tcp://evil.example:443'],
    ['tcp://evil(.)example/x', 'tcp://evil.example/x'],
    ['<hxxp://evil.example/x>', 'http://evil.example/x'],
  ])('reads %j as %j', (text, url) => {
    expect(refangUrl(text)).toBe(url);
  });

  it('leaves brackets in path and query alone', () => {
    const url = 'http://evil.example/a(at)b/{x}?a[0]=1&b[x]=[y]&c=(.)';
    expect(refangUrl(url)).toBe(url);
  });

  it('undoes what defanging does', () => {
    const parts = fc.record({
      scheme: fc.constantFrom(...SCHEMES),
      separator: fc.constantFrom(...SEPARATORS),
      host: fc.domain(),
      dot: fc.constantFrom(...DOTS),
      path: fc.webPath(),
    });
    fc.assert(
      fc.property(parts, ({ scheme, separator, host, dot, path }) => {
        expect(refangUrl(`${scheme}${separator}${host.replaceAll('.', dot)}${path}`)).toBe(`http://${host}${path}`);
        expect(refangUrl(`${scheme}s${separator}${host}${path}`)).toBe(`https://${host}${path}`);
      }),
    );
  });

  it('needs no more than linear time on long hostile text', () => {
    const started = performance.now();
    for (const piece of [' ', '.', '[', '(dot', '[.', 'at ', 'http:', '\\', '[ ', '<']) {
      refangUrl(piece.repeat(65_536));
      refangUrl(`http${piece.repeat(65_536)}`);
      refangHost(piece.repeat(65_536));
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

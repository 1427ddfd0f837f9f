import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl, formatUrl, parseUrl, splitUrl } from './url.ts';

describe('canonicalUrl', () => {
  it.each([
    ['http://example.org', 'http://example.org/'],
    ['HTTP://Example.ORG/Path?Query', 'http://example.org/Path?Query'],
    ['https://example.org:443/', 'https://example.org/'],
    ['https://example.org:80/', 'https://example.org:80/'],
    ['http://example.org:080/', 'http://example.org/'],
    ['http://example.org:/', 'http://example.org/'],
    ['http://example.org.:8080/a', 'http://example.org:8080/a'],
    ['http://user:pass@example.org/', 'http://example.org/'],
    ['http://example.com%E2%88%95a@example.org/x', 'http://example.org/x'],
    ['http://a@b@example.org/', 'http://example.org/'],
    ['http://example.org/a#b?c', 'http://example.org/a'],
    ['http://example.org?q=1', 'http://example.org/?q=1'],
    ['http://example.org/?', 'http://example.org/?'],
    ['http://example.org/a?b?c=http://d', 'http://example.org/a?b?c=http://d'],
    ['http://example.org/%41/../b', 'http://example.org/%41/../b'],
    ['http://192.0.2.1:8080/a', 'http://192.0.2.1:8080/a'],
    ['http://0xc0000201/a', 'http://192.0.2.1/a'],
    ['http://3221225985/', 'http://192.0.2.1/'],
    ['http://[2001:DB8::1]:8080/a', 'http://[2001:db8::1]:8080/a'],
    ['http://[::ffff:192.0.2.1]/', 'http://192.0.2.1/'],
    ['http://bücher.example/ü?q=ä b', 'http://xn--bcher-kva.example/%C3%BC?q=%C3%A4%20b'],
    ['ftp://example.org:21/a', 'ftp://example.org/a'],
    ['example.org', 'http://example.org/'],
    ['example.org:8080/a?u=http://b', 'http://example.org:8080/a?u=http://b'],
    ['192.0.2.1/a', 'http://192.0.2.1/a'],
  ])('reads %s as %s', (text, url) => {
    expect(canonicalUrl(text)).toBe(url);
  });

  it.each([
    '',
    'http://',
    'http:///a',
    '/a/b',
    'http://localhost/',
    'http://example.org:0/',
    'http://example.org:65536/',
    'http://example.org:80:80/',
    'http://example.org:8a/',
    'http://exa mple.org/',
    "http://o'neill.example/",
    'http://[192.0.2.1]/',
    'http://[example.org]/',
    'http://[2001:db8::1/',
    'http://[2001:db8::1]x/',
    'http://2001:db8::1/a',
    '1http://example.org/',
    'mailto:info@example.org',
    'info@example.org',
    'javascript:alert(1)',
    '8080',
  ])('refuses %j', (text) => {
    expect(canonicalUrl(text)).toBeUndefined();
  });

  it('refuses a decoy behind a backslash, where browsers end the host', () => {
    expect(canonicalUrl('http://evil.example\\@good.example/')).toBeUndefined();
  });

  it('hands back the very text that is canonical already', () => {
    const text = 'https://example.org/path?query';
    expect(canonicalUrl(text)).toBe(text);
  });

  it('gives a value that stays as it is', () => {
    const text = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.tuple(fc.domain(), fc.string({ unit: 'binary' })).map(([host, rest]) => `http://${host}/${rest}`),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (url) => {
        const once = canonicalUrl(url);
        if (once !== undefined) expect(canonicalUrl(once)).toBe(once);
      }),
    );
  });
});

describe('splitUrl', () => {
  it('finds the parts that the parser found', () => {
    const authority = fc.oneof(fc.domain(), fc.ipV4(), fc.constant('[2001:db8::1]'));
    const port = fc.oneof(
      fc.constant(''),
      fc.integer({ min: 1, max: 65535 }).map((number) => `:${number}`),
    );
    const scheme = fc.constantFrom('http', 'https', 'ftp', 'tcp');
    const target = fc.string().map((text) => `/${text}`);
    fc.assert(
      fc.property(scheme, authority, port, target, (...[name, host, number, rest]) => {
        const parts = parseUrl(`${name}://${host}${number}${rest}`);
        fc.pre(parts !== undefined);
        expect(parts && splitUrl(formatUrl(parts))).toEqual(parts);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { like } from './like.ts';

describe('like', () => {
  it.each([
    ['tlp:green', 'tlp:green', true],
    ['tlp:green', 'tlp:green ', false],
    ['TLP:GREEN', 'tlp:green', false],
    ['tlp:%', 'tlp:amber+strict', true],
    ['%phish%', 'A Phishing wave, phish', true],
    ['%phish%', 'A Phishing wave', false],
    ['a%b', 'ab', true],
    ['a%a', 'a', false],
    ['%a%b%', 'xxaxxbxx', true],
    ['%a%b%', 'xxbxxaxx', false],
    ['%', '', true],
    ['a.c', 'abc', false],
  ])('`%s` and `%s`: %s', (pattern, text, expected) => {
    expect(like([pattern])(text)).toBe(expected);
  });

  it('takes the first of several that fits', () => {
    expect(like(['x', 'tlp:%'])('tlp:red')).toBe(true);
    expect(like(['x', 'y%'])('tlp:red')).toBe(false);
  });
});

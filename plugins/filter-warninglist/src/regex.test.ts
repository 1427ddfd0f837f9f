import { describe, expect, it } from 'vitest';
import { compileRegex } from './regex.ts';

describe('an expression of a list', () => {
  it.each([
    ['/^abuse@.*\\..*$/i', 'ABUSE@example.org', true],
    ['/^abuse@.*\\..*$/', 'ABUSE@example.org', false],
    ['/example/', 'an example within', true],
    ['#^https?://#', 'https://example.org/', true],
    ['{^a{2}$}', 'aa', true],
    ['/a.c/s', 'a\nc', true],
    ['/^b/m', 'a\nb', true],
    ['/a/b/', 'xa/bx', true],
  ])('%s is found in %j: %s', (entry, value, found) => {
    expect(compileRegex(entry).test(value)).toBe(found);
  });

  it('matches the same value again and again in spite of the flag g', () => {
    const regex = compileRegex('/55501/gy');
    expect([regex.test('x55501'), regex.test('x55501'), regex.test('x55501')]).toEqual([true, true, true]);
  });

  it('takes no longer for a hostile value', () => {
    const started = performance.now();
    expect(compileRegex('/^(a+)+$/').test(`${'a'.repeat(60_000)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it.each([
    ['abc', 'has no delimiters'],
    ['', 'has no delimiters'],
    ['/abc', 'has no closing delimiter'],
    ['/abc/k', 'has the flag `k`'],
    ['/a(?=b)/', 'unsupported'],
    ['/(a)\\1/', 'invalid escape'],
    ['/a(/', 'missing'],
  ])('%s is refused', (entry, why) => {
    expect(() => compileRegex(entry)).toThrow(why);
  });
});

import { describe, expect, it } from 'vitest';
import { isPlainPath, isSelected, stripped } from './pattern.ts';

describe('isSelected', () => {
  it.each([
    ['misp.rules', '**'],
    ['a/b/c.lst', '**'],
    ['a/b/c.lst', 'a/**'],
    ['a/c.lst', 'a/**/c.lst'],
    ['a/b/b/c.lst', '**/b/*.lst'],
    ['misp.rules', '*.rules'],
    ['misp.rules', 'm*p*s'],
  ])('takes %j for %j', (path, pattern) => {
    expect(isSelected(path, pattern)).toBe(true);
  });

  it.each([
    ['a/misp.rules', '*.rules'],
    ['misp.rules.txt', '*.rules'],
    ['misp.rules', 'misp'],
    ['b/c.lst', 'a/**'],
    ['misprules', 'misp.rules'],
  ])('does not take %j for %j', (path, pattern) => {
    expect(isSelected(path, pattern)).toBe(false);
  });

  // A regular expression made of such a pattern would not come to an end.
  it('comes to an end with many stars', () => {
    expect(isSelected('a'.repeat(10_000), '*a'.repeat(40).concat('b'))).toBe(false);
    expect(isSelected('a/'.repeat(5_000).concat('a'), '**/a/'.repeat(40).concat('b'))).toBe(false);
  });
});

it.each(['../a', '/a', 'a//b', 'a/../b', '', '.hidden', 'a/.b', 'a\nb', 'a\0b'])(
  'takes %j for no plain path',
  (path) => {
    expect(isPlainPath(path)).toBe(false);
  },
);

it('strips a leading folder, and only a whole one', () => {
  expect(stripped('lists/ip', 'lists')).toBe('ip');
  expect(stripped('lists2/ip', 'lists')).toBe('lists2/ip');
  expect(stripped('ip', undefined)).toBe('ip');
});

import { describe, expect, it } from 'vitest';
import { wildcards } from './wildcard.ts';

describe('wildcards', () => {
  it.each([
    ['evil.example', 'EVIL.example', true],
    ['evil.example', 'not-evil.example', false],
    ['*.example', 'a.b.example', true],
    ['*.example', 'example', false],
    ['http://*/login*', 'http://evil.example/login.php', true],
    ['a*a', 'a', false],
    ['*b*c*', 'abxc', true],
    ['*c*b*', 'abxc', false],
    ['*', '', true],
  ])('`%s` and `%s`: %s', (pattern, text, matches) => {
    expect(wildcards([pattern])(text)).toBe(matches);
  });

  it('match nothing when there are none', () => {
    expect(wildcards([])('evil.example')).toBe(false);
  });
});

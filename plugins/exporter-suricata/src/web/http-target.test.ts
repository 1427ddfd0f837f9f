import { describe, expect, it } from 'vitest';
import { targetMatch } from './http-target.ts';

describe('targetMatch', () => {
  it.each(['/', '/gate.php?id=1', '/?', '/a?u=http:x', '/.well-known/x', '/a...b', "/a;b,c!~$'()*"])(
    'looks for %s in the decoded buffer, whole',
    (target) => {
      expect(targetMatch(target, false)).toMatch(new RegExp(`^http\\.uri; content:"[^"]+"; bsize:${target.length};$`));
    },
  );

  it.each([
    '/%41',
    '/a%20b',
    '/a//b',
    '/a?u=http://x',
    '/./a',
    '/a/../b',
    '/a/..',
    '/a/.',
    '/a/..?b',
    '/a\\b',
    '/é',
    '/a b',
  ])('looks for %s in the raw buffer, since the engine decodes or folds it', (target) => {
    expect(targetMatch(target, true)).toMatch(/^http\.uri\.raw; content:"[^"]+"; endswith; fast_pattern; pcre:"\/\^/);
  });
});

import { describe, expect, it } from 'vitest';
import { patternBytes } from './pattern.ts';

describe('patternBytes', () => {
  it.each([
    ['BOT|0d 0a|HELO', 'BOT\r\nHELO'],
    ['|41 42|C|44|', 'ABCD'],
    ['|4142|', 'AB'],
    ['plain', 'plain'],
    ['a|b', 'a|b'],
    ['a|b|41|c', 'a|b|41|c'],
    ['a|4|b', 'a|4|b'],
    ['a||b', 'a||b'],
    ['', ''],
  ])('reads `%s`', (pattern, text) => {
    expect(patternBytes(pattern).toString()).toBe(text);
  });
});

import { expect, it } from 'vitest';
import { duration } from './duration.ts';

it.each([
  [-5, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [7199, '1 h'],
  [86_400 * 3 + 5, '3 d'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

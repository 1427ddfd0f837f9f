import { describe, expect, it } from 'vitest';
import { ending } from './ending.ts';

const DAY = 86_400;

describe('ending', () => {
  it.each([
    [12.5 * DAY, 'ends in 12 days'],
    [1.5 * DAY, 'ends in 1 day'],
    [3600, 'ends in less than a day'],
    [-3600, 'ended less than a day ago'],
    [-3.5 * DAY, 'ended 3 days ago'],
  ])('says of %d s: %s', (seconds, text) => {
    expect(ending(1_795_488_000 + seconds, 1_795_488_000)).toBe(text);
  });
});

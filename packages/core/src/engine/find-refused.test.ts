import { describe, expect, it } from 'vitest';
import { findRefused } from './find-refused.ts';

const numbers = Array.from({ length: 20_000 }, (_, i) => i);

describe('findRefused', () => {
  it.each([[[]], [[0]], [[19_999]], [[1, 500, 501, 7000, 12_345, 12_346, 19_998]]])('finds %j', async (bad) => {
    let asked = 0;
    const { refused, runs } = await findRefused(numbers, async (part) => {
      asked++;
      return !part.some((number) => bad.includes(number));
    });
    expect(refused).toEqual(bad);
    expect(runs).toBe(asked);
    expect(runs).toBeLessThanOrEqual(1 + 2 * bad.length * Math.ceil(Math.log2(numbers.length)));
  });

  it('asks nothing about nothing', async () => {
    expect(await findRefused([], async () => false)).toEqual({ refused: [], runs: 0 });
  });

  it('names enough of those that are refused together only', async () => {
    const accepts = async (part: readonly number[]) => !(part.includes(1) && part.includes(4));
    const { refused } = await findRefused([1, 2, 3, 4], accepts);
    expect(await accepts([1, 2, 3, 4].filter((number) => !refused.includes(number)))).toBe(true);
  });
});

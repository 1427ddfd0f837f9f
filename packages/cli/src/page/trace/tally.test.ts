import { expect, it } from 'vitest';
import { Tally } from './tally.ts';

it('counts names beyond its limit together', () => {
  const tally = new Tally();
  for (let i = 0; i < 1500; i++) tally.add(`organisation ${i}`, 'sigma');
  const [first] = tally.rows();
  expect(first && [first.name, first.counts.get('sigma')]).toEqual(['(others)', 500]);
  expect(tally.rows()).toHaveLength(1001);
});

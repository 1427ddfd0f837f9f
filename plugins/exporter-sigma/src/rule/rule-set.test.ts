import { anIndicator } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { ruleSets } from './rule-set.ts';

describe('ruleSets', () => {
  it('divides by level and label, from high to low and from nothing said to the narrowest audience', () => {
    const sets = ruleSets([
      anIndicator('domain', 'a.example', { severity: 'low' }),
      anIndicator('domain', 'b.example', { severity: 'high', tlp: 'red' }),
      anIndicator('domain', 'c.example', { severity: 'high', tlp: undefined }),
      anIndicator('domain', 'd.example', { severity: 'low' }),
    ]);
    expect(sets.map(({ level, tlp, indicators }) => [level, tlp, ...indicators.map(({ value }) => value)])).toEqual([
      ['high', undefined, 'c.example'],
      ['high', 'red', 'b.example'],
      ['low', 'clear', 'a.example', 'd.example'],
    ]);
  });

  it('takes an unknown severity for medium', () => {
    expect(ruleSets([anIndicator('domain', 'a.example', { severity: 'unknown' })])[0]?.level).toBe('medium');
  });
});

import { everyKind } from '@misp-pipeline/testing';
import { expect, it } from 'vitest';
import { formsOf, ruleCount } from './form.ts';
import { refusal } from './refusal.ts';
import { snort2 } from './snort2.ts';
import { snort3 } from './snort3.ts';

it.each([
  [3, snort3],
  [2, snort2],
] as const)('knows the number of rules for Snort %i before it makes them', (version, dialect) => {
  const unruly = new Set(['sha256', 'rule-snort']);
  const detectable = everyKind().filter((one) => refusal(one, version) === undefined && !unruly.has(one.kind));
  const counts = detectable.map((one) => `${one.kind} ${ruleCount(one, dialect)}`);
  expect(counts).toEqual(detectable.map((one) => `${one.kind} ${formsOf(one, dialect).length}`));
  expect(new Set(counts).size).toBeGreaterThan(10);
});

it('gives the forms of an indicator different names', () => {
  for (const one of everyKind().filter((one) => refusal(one, 2) === undefined)) {
    const names = formsOf(one, snort2).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  }
});

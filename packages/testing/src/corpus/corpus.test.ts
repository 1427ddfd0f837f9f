import { INDICATOR_KINDS, indicatorKey } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { indicatorProblems } from '../contract/indicator-form.ts';
import { everyKind } from './every-kind.ts';
import { hostileIndicators, inHarmlessCompany } from './hostile.ts';

describe('the corpus', () => {
  it.each([
    ['everyKind', everyKind()],
    ['hostileIndicators', hostileIndicators()],
  ])('%s holds canonical indicators of every kind', (_name, indicators) => {
    expect(indicators.flatMap(indicatorProblems)).toEqual([]);
    expect(new Set(indicators.map(({ kind }) => kind))).toEqual(new Set(INDICATOR_KINDS));
  });

  it('holds some indicators that two events vouch for', () => {
    const keys = everyKind().map(indicatorKey);
    expect(new Set(keys).size).toBeLessThan(keys.length);
  });

  it('keeps the values when the company is exchanged', () => {
    const hostile = hostileIndicators();
    expect(inHarmlessCompany(hostile).map(indicatorKey)).toEqual(hostile.map(indicatorKey));
  });
});

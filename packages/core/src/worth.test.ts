import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Indicator, makeIndicator, type Severity } from './indicator.ts';
import { byWorth, withinBudget, worthiest } from './worth.ts';

const event = (uuid: string) => ({ uuid, title: '', date: '', org: '', link: undefined });
const origin = (uuid: string) => ({
  ...{ source: 's', event: event(uuid), attribute: uuid, type: 'domain', category: '', comment: '' },
});
const named = (value: string, fields: Partial<Indicator>) =>
  makeIndicator({ kind: 'domain', value, origins: [origin('e1')], ...fields });

const BEST_LAST = [
  named('unsure', { confidence: 10, severity: 'high' }),
  named('mild', { severity: 'low' }),
  named('old', { severity: 'high', updated: 1 }),
  named('fresh', { severity: 'high', updated: 2 }),
  named('vouched', { severity: 'high', updated: 2, origins: [origin('e1'), origin('e2')] }),
  named('sure', { confidence: 90 }),
];

describe('withinBudget', () => {
  it.each([0, 1, 2, 3, 4, 5])('gives up %d worst ones first, and keeps the order', (cut) => {
    const budgeted = withinBudget(BEST_LAST, BEST_LAST.length - cut);
    expect(budgeted.kept).toEqual(BEST_LAST.slice(cut));
    expect(budgeted.cut).toEqual(BEST_LAST.slice(0, cut));
    const reversed = withinBudget(BEST_LAST.toReversed(), BEST_LAST.length - cut);
    expect(reversed.kept).toEqual(BEST_LAST.slice(cut).toReversed());
  });

  it('counts an event once, however many of its attributes vouch', () => {
    const twice = named('b', { origins: [origin('e1'), origin('e1')] });
    const once = named('a', {});
    expect(withinBudget([once, twice], 1).kept).toEqual([once]);
  });
});

describe('worthiest', () => {
  it('picks what sorting all would have put first', () => {
    const severity = fc.constantFrom<Severity>('unknown', 'low', 'high');
    const worth = fc.record({ severity, updated: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(worth, { maxLength: 60 }), fc.nat({ max: 70 }), (worths, most) => {
        const indicators = worths.map((fields, i) => named(`d${i}.example`, fields));
        const picked = [...worthiest(indicators, most)].map((place) => indicators[place]);
        expect(picked).toEqual(indicators.toSorted(byWorth).slice(0, most));
      }),
    );
  });
});

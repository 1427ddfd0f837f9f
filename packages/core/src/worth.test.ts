import { describe, expect, it } from 'vitest';
import { type Indicator, makeIndicator } from './indicator.ts';
import { withinBudget } from './worth.ts';

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

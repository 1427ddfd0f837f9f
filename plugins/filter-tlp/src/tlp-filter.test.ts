import { type Indicator, TLP_LABELS, type Tlp, tlpRank } from '@misp-pipeline/core';
import { anIndicator, applyFilter, deepFreeze } from '@misp-pipeline/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { options } from './options.ts';
import { TlpFilter } from './tlp-filter.ts';

const filter = (given: object = {}) => new TlpFilter(options.parse(given));
const marked = (tlp: Tlp | undefined, tags: readonly string[] = []) => anIndicator('domain', 'bad.test', { tlp, tags });

async function dropOf(given: object, indicator: Indicator) {
  const { dropped } = await applyFilter(filter(given), [indicator]);
  return dropped.map(({ reason, detail }) => ({ reason, detail }));
}

describe('the TLP filter', () => {
  it('lets amber pass and stops amber+strict when nothing is configured', async () => {
    const batch = TLP_LABELS.map((label) => marked(label));
    const { kept, dropped } = await applyFilter(filter(), batch);
    expect(kept.map(({ tlp }) => tlp)).toEqual(['clear', 'green', 'amber']);
    expect(dropped.map(({ reason }) => reason)).toEqual(['tlp:amber+strict', 'tlp:red', 'tlp:unknown']);
  });

  it('names the ceiling and the tags that the label came from', async () => {
    const indicator = marked('red', ['TLP:GREEN', 'misp-galaxy:tool="x"', 'tlp:red']);
    expect(await dropOf({ max: 'green' }, indicator)).toEqual([
      { reason: 'tlp:red', detail: 'red is above green: `TLP:GREEN`, `tlp:red`' },
    ]);
  });

  it('says only the label when no tag carries it', async () => {
    expect(await dropOf({ max: 'clear' }, marked('green'))).toEqual([
      { reason: 'tlp:green', detail: 'green is above clear' },
    ]);
  });

  it('stops a label that TLP does not define even below a red ceiling', async () => {
    expect(await dropOf({ max: 'red' }, marked('unknown', ['tlp:purple']))).toEqual([
      { reason: 'tlp:unknown', detail: 'a label that no version of TLP defines: `tlp:purple`' },
    ]);
  });

  it('keeps an unmarked indicator when unmarked is green', async () => {
    expect(await dropOf({ max: 'green', unmarked: 'green' }, marked(undefined))).toEqual([]);
  });

  it('drops an unmarked indicator when unmarked counts as more than the ceiling', async () => {
    expect(await dropOf({ max: 'green' }, marked(undefined))).toEqual([
      { reason: 'tlp:unmarked', detail: 'no label counts as amber, above green' },
    ]);
  });

  it('drops an unmarked indicator when unmarked is drop, whatever the ceiling', async () => {
    expect(await dropOf({ max: 'red', unmarked: 'drop' }, marked(undefined))).toEqual([
      { reason: 'tlp:unmarked', detail: 'no label, and `unmarked` is `drop`' },
    ]);
  });

  it('returns the very batch when nothing is dropped', () => {
    const batch = [marked('green'), marked(undefined)];
    expect(filter().apply(batch, () => {})).toBe(batch);
  });

  it('refuses a ceiling that nobody can mean', () => {
    expect(options.safeParse({ max: 'unknown' }).success).toBe(false);
    expect(options.safeParse({ max: 'drop' }).success).toBe(false);
  });
});

describe('the order of TLP labels', () => {
  const label = fc.constantFrom(...TLP_LABELS);
  const ceiling = fc.constantFrom('clear', 'green', 'amber', 'amber+strict', 'red');

  it('is total: of two labels one is stricter, unless they are the same', () => {
    fc.assert(
      fc.property(label, label, label, (a, b, c) => {
        const order = (x: Tlp, y: Tlp) => Math.sign(tlpRank(x) - tlpRank(y));
        expect(order(a, b) === 0).toBe(a === b);
        expect(order(a, b)).toBe(0 - order(b, a));
        if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('decides alone: what passes a ceiling passes every wider one, in its order, and nothing is lost', async () => {
    const indicators = fc.array(fc.option(label, { nil: undefined }).map((tlp) => marked(tlp)));
    await fc.assert(
      fc.asyncProperty(indicators, ceiling, ceiling, async (made, a, b) => {
        const batch = deepFreeze(made);
        const [low, high] = tlpRank(a) <= tlpRank(b) ? [a, b] : [b, a];
        const narrow = await applyFilter(filter({ max: low }), batch);
        const wide = await applyFilter(filter({ max: high }), batch);
        expect(narrow.kept.length + narrow.dropped.length).toBe(batch.length);
        expect(batch.filter((indicator) => narrow.kept.includes(indicator))).toEqual(narrow.kept);
        for (const indicator of narrow.kept) expect(wide.kept).toContain(indicator);
      }),
    );
  });
});

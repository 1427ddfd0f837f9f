import { type Indicator, indicatorKey, type Severity } from '@misp-pipeline/core';
import { anIndicator } from '@misp-pipeline/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSnort } from '../testing/render-rules.ts';
import { readRules } from '../testing/rule-reader.ts';

const domain = (name: string, fields: Partial<Indicator> = {}) => anIndicator('domain', `${name}.example`, fields);

/** Names of the domains that have rules, and of those that had no room. */
async function kept(indicators: readonly Indicator[], limit: number) {
  const { output, skipped } = await renderSnort(indicators, { limit });
  expect(new Set(skipped.map(({ reason }) => reason)).size).toBeLessThan(2);
  const names = (all: readonly Indicator[]) => [...new Set(all.map(({ value }) => value.replace('.example', '')))];
  return {
    kept: names(output.placements.map(({ indicator }) => indicator)),
    left: names(skipped.map(({ indicator }) => indicator)),
  };
}

describe('limit', () => {
  it('keeps the surer rather than the more severe', async () => {
    const indicators = [
      domain('sure', { confidence: 90, severity: 'low' }),
      domain('severe', { confidence: 10, severity: 'high' }),
      domain('unsaid', { severity: 'high' }),
    ];
    expect(await kept(indicators, 6)).toEqual({ kept: ['sure', 'unsaid'], left: ['severe'] });
  });

  it('leaves nothing out when all rules fit', async () => {
    expect(await kept([domain('a'), domain('b')], 6)).toEqual({ kept: ['a', 'b'], left: [] });
  });

  it('keeps the more severe', async () => {
    const severities: readonly Severity[] = ['unknown', 'high', 'low', 'medium'];
    const indicators = severities.map((severity) => domain(severity, { severity }));
    expect(await kept(indicators, 6)).toEqual({ kept: ['high', 'medium'], left: ['low', 'unknown'] });
  });

  it('keeps the later among equally severe ones', async () => {
    const indicators = [
      domain('a', { updated: 1 }),
      domain('b', { updated: 3 }),
      domain('c', { updated: 2 }),
      domain('d'),
    ];
    expect(await kept(indicators, 7)).toEqual({ kept: ['b', 'c'], left: ['a', 'd'] });
  });

  it('keeps the first among equals, and fills the room that is left', async () => {
    const indicators = [domain('a'), domain('b'), anIndicator('url', 'http://c.example/')];
    expect(await kept(indicators, 4)).toEqual({ kept: ['a', 'http://c/'], left: ['b'] });
  });

  it('does not count addresses', async () => {
    const addresses = Array.from({ length: 20 }, (_, i) => anIndicator('ipv4', `203.0.113.${i}`));
    expect((await kept([...addresses, domain('a')], 3)).left).toEqual([]);
  });

  it('counts the https URLs of a host once, at the worth of the most severe', async () => {
    const urls = [1, 2, 3].map((i) =>
      anIndicator('url', `https://a.example/${i}`, { severity: i === 2 ? 'high' : 'low' }),
    );
    const other = anIndicator('url', 'https://b.example/', { severity: 'medium' });
    expect((await kept([...urls, other], 1)).left).toEqual(['https://b/']);
  });

  it('is never passed, never wasted by more than one detection, and the same for any order', async () => {
    const severity = fc.constantFrom<Severity>('unknown', 'low', 'medium', 'high');
    const kind = fc.constantFrom('domain', 'url', 'port');
    const one = fc.record({ kind, severity, updated: fc.option(fc.integer({ min: -5, max: 5 })) });
    const property = fc.asyncProperty(
      fc.array(one, { maxLength: 30 }),
      fc.integer({ min: 1, max: 40 }),
      async (all, limit) => {
        const indicators = all.map(({ kind, severity, updated }, i) => {
          const fields = { severity, updated: updated ?? undefined };
          if (kind === 'domain') return domain(`d${i}`, fields);
          if (kind === 'url') return anIndicator('url', `http://u${i}.example/`, fields);
          return anIndicator('ipv4', `203.0.113.${i}`, { ...fields, port: 80 });
        });
        const { output, skipped } = await renderSnort(indicators, { limit });
        const { length } = readRules(output.text('misp.rules')).rules;
        expect(length).toBeLessThanOrEqual(limit);
        if (skipped.length > 0) expect(length).toBeGreaterThan(limit - 3);
        const again = await renderSnort([...indicators].reverse(), { limit });
        expect(again.skipped.map(({ indicator }) => indicatorKey(indicator))).toEqual(
          skipped.map(({ indicator }) => indicatorKey(indicator)),
        );
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });
});

describe('lists', () => {
  it('hold the worthiest entries that there is room for', async () => {
    const severities: readonly Severity[] = ['low', 'high', 'medium'];
    const indicators = severities.flatMap((severity, i) => [
      anIndicator('ipv4', `203.0.113.${i}`, { severity }),
      anIndicator('sha256', `${i}`.repeat(64), { severity }),
    ]);
    const { output, skipped } = await renderSnort(indicators, { lists: { addresses: 2, digests: 1 } });
    expect(output.text('reputation/misp-ip.blocklist')).toBe('203.0.113.1\n203.0.113.2\n');
    expect(output.text('misp-sha256.list')).toBe(`${'1'.repeat(64)}\n`);
    expect(skipped.map(({ indicator, reason }) => `${indicator.severity} ${reason}`).sort()).toEqual([
      'low budget:addresses',
      'low budget:digests',
      'medium budget:digests',
    ]);
  });
});

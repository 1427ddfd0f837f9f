import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Indicator, makeIndicator } from '../indicator.ts';
import { Collector } from './collect.ts';

const event = { uuid: 'e', title: 't', date: '2026-11-01', org: 'o', link: undefined };

function indicator(value: string, attribute: string, fields: Partial<Indicator> = {}): Indicator {
  const origin = { source: 's', event, attribute, type: 'domain', category: '', comment: '' };
  return makeIndicator({ kind: 'domain', value, origins: [origin], ...fields });
}

function collect(indicators: readonly Indicator[]): Indicator[] {
  const collector = new Collector();
  for (const one of indicators) collector.add(one);
  return [...collector.collected()];
}

describe('Collector', () => {
  it('merges the same value and unites what its origins say', () => {
    const [merged, ...others] = collect([
      indicator('a.example', '2', {
        tlp: 'green',
        tags: ['x'],
        severity: 'low',
        confidence: 40,
        firstSeen: 20,
        lastSeen: 30,
      }),
      indicator('a.example', '1', {
        tlp: 'clear',
        tags: ['w', 'x'],
        severity: 'high',
        firstSeen: 10,
        lastSeen: 25,
        sharedHost: true,
      }),
    ]);
    expect(others).toEqual([]);
    expect(merged).toMatchObject({
      ...{
        tlp: 'green',
        tags: ['w', 'x'],
        severity: 'high',
        confidence: 40,
        firstSeen: 10,
        lastSeen: 30,
        sharedHost: true,
      },
      origins: [{ attribute: '1' }, { attribute: '2' }],
    });
  });

  it('keeps what differs in direction or port apart', () => {
    const address = (fields: Partial<Indicator>) => makeIndicator({ kind: 'ipv4', value: '203.0.113.7', ...fields });
    const all = collect([
      address({}),
      address({ direction: 'source' }),
      address({ direction: 'destination', port: 443 }),
    ]);
    expect(all).toHaveLength(3);
  });

  it('counts an attribute that was handed on twice as one origin', () => {
    expect(collect([indicator('a.example', '1'), indicator('a.example', '1')])[0]?.origins).toHaveLength(1);
  });

  it('merges a value of very many attributes in time that grows with their number', () => {
    const many = Array.from({ length: 200_000 }, (_, i) =>
      indicator('a.example', String(i).padStart(6, '0'), { tags: [`t${i % 7}`] }),
    );
    const [merged] = collect(many);
    expect(merged?.origins).toHaveLength(200_000);
    expect(merged?.tags).toHaveLength(7);
  });

  it('hands over the same indicators in the same order, however they came in', () => {
    const some = fc.array(
      fc.record({ value: fc.constantFrom('b.x', 'a.x', 'c.x'), attribute: fc.constantFrom('1', '2', '3') }),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(some, fc.gen(), (records, gen) => {
        const indicators = records.map(({ value, attribute }) =>
          indicator(value, attribute, { tags: [`t${attribute}`] }),
        );
        const shuffled = gen(fc.shuffledSubarray, indicators, { minLength: indicators.length });
        expect(collect(shuffled)).toEqual(collect(indicators));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buckets, valueHash } from './bucket.ts';

const domains = (count: number) => Array.from({ length: count }, (_, i) => ({ value: `host-${i}.example` }));
const divide = (items: readonly { value: string }[], limit: number) => {
  const hashes = items.map(({ value }) => valueHash(value));
  return [...buckets(items, hashes, { values: limit, characters: 1_000_000 })];
};
const texts = (items: readonly { value: string }[], limit: number) =>
  new Map(divide(items, limit).map(({ bits, items }) => [bits, items.map(({ value }) => value).join()]));

describe('buckets', () => {
  it('gives nothing for nothing', () => {
    expect(divide([], 10)).toEqual([]);
  });

  it('keeps a small set together', () => {
    expect(divide(domains(10), 10)).toEqual([{ bits: '', part: 1, items: domains(10) }]);
  });

  it('divides any set into buckets within the limit, each item in one, in the order given', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (values, limit) => {
        const found = divide(
          values.map((value) => ({ value })),
          limit,
        );
        expect(found.every(({ items }) => items.length >= 1 && items.length <= limit)).toBe(true);
        expect(found.flatMap(({ items }) => items.map(({ value }) => value)).sort()).toEqual([...values].sort());
        for (const { items } of found) {
          const places = items.map(({ value }) => values.indexOf(value));
          expect(places).toEqual([...places].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('fills buckets evenly', () => {
    const sizes = divide(domains(20_000), 500).map(({ items }) => items.length);
    expect(sizes).toHaveLength(64);
    expect(Math.min(...sizes)).toBeGreaterThan(230);
  });

  it('changes one bucket, or replaces it by two, when a value comes', () => {
    let before = texts(domains(3000), 100);
    let splits = 0;
    for (let count = 3001; count <= 3300; count++) {
      const after = texts(domains(count), 100);
      const gone = [...before].filter(([bits, text]) => after.get(bits) !== text);
      const come = [...after].filter(([bits, text]) => before.get(bits) !== text);
      expect(gone).toHaveLength(1);
      expect(come.length).toBeLessThanOrEqual(2);
      if (come.length === 2) splits++;
      before = after;
    }
    expect(splits).toBeGreaterThan(0);
  });

  it('divides what is too long for one query, down to single values', () => {
    const items = Array.from({ length: 40 }, (_, i) => ({ value: `${i}`.padEnd(i === 7 ? 2000 : 100, 'x') }));
    const hashes = items.map(({ value }) => valueHash(value));
    const found = [...buckets(items, hashes, { values: 500, characters: 1000 })].map(({ items }) => items);
    expect(found.flat()).toHaveLength(40);
    for (const part of found) expect(part.length === 1 || part.length <= 10).toBe(true);
  });

  it('numbers the parts of a bucket that the hash cannot divide', () => {
    const same = Array.from({ length: 25 }, () => ({ value: 'evil.example' }));
    const parts = divide(same, 10).map(({ bits, part, items }) => [bits.length, part, items.length]);
    expect(parts).toEqual([
      [24, 1, 10],
      [24, 2, 10],
      [24, 3, 5],
    ]);
  });
});

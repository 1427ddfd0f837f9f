import { byWorth, type Severity } from '@misp-pipeline/core';
import { anIndicator } from '@misp-pipeline/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { worthiest } from './worthiest.ts';

it('picks what sorting all would have put first', () => {
  const severity = fc.constantFrom<Severity>('unknown', 'low', 'high');
  const worth = fc.record({ severity, updated: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(fc.array(worth, { maxLength: 60 }), fc.nat({ max: 70 }), (worths, most) => {
      const detections = worths.map((fields, i) => {
        const first = anIndicator('domain', `d${i}.example`, fields);
        return { first, rules: 1, others: undefined, worthiest: first };
      });
      const sorted = detections.toSorted((a, b) => byWorth(a.worthiest, b.worthiest));
      const picked = [...worthiest(detections, most)].map((place) => detections[place]);
      expect(picked).toEqual(sorted.slice(0, most));
    }),
  );
});

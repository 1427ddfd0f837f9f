import { anIndicator } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { HOST } from '../subject/host.ts';
import { URL } from '../subject/web.ts';
import { planRules } from './plan.ts';

const ROOM = { values: 10, characters: 100_000 };
const wanted = [
  {
    subject: HOST,
    places: HOST.places,
    indicators: Array.from({ length: 200 }, (_, i) => anIndicator('domain', `h${i}.example`, { confidence: i % 100 })),
  },
  {
    subject: URL,
    places: URL.places,
    indicators: Array.from({ length: 50 }, (_, i) => anIndicator('url', `http://h${i}.example/`, { confidence: 99 })),
  },
];

const rulesOf = ({ planned }: ReturnType<typeof planRules>) =>
  planned.reduce((sum, { places }) => sum + places.length, 0);

describe('planRules', () => {
  it('keeps all when there is room', () => {
    const plan = planRules(wanted, ROOM, 10_000);
    expect(plan.cut).toEqual([]);
    expect(plan.planned.flatMap(({ bucket }) => bucket.items)).toHaveLength(250);
  });

  it('gives up the least worthy first, of whatever subject', () => {
    const plan = planRules(wanted, ROOM, 60);
    const kept = plan.planned.flatMap(({ bucket }) => bucket.items);
    expect(rulesOf(plan)).toBeLessThanOrEqual(60);
    expect(kept.length).toBeGreaterThan(80);
    expect(kept.length + plan.cut.length).toBe(250);
    const least = Math.min(...kept.map(({ confidence }) => confidence ?? 0));
    expect(plan.cut.every(({ confidence = 0 }) => confidence <= least)).toBe(true);
  });

  it('gives up everything rather than exceed the budget', () => {
    const plan = planRules(wanted, ROOM, 0);
    expect(rulesOf(plan)).toBe(0);
    expect(plan.cut).toHaveLength(250);
  });
});

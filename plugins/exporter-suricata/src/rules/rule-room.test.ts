import type { Indicator } from '@misp-pipeline/core';
import { anIndicator } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { RuleRoom } from './rule-room.ts';

function settled(claims: readonly (readonly [Indicator, number])[], most: number) {
  const room = new RuleRoom();
  const written: string[] = [];
  const skipped: string[] = [];
  for (const [indicator, rules] of claims) room.claim([indicator], rules, () => written.push(indicator.value));
  room.settle(most, ({ value }, reason) => skipped.push(`${value} ${reason}`));
  return { written, skipped };
}

const named = (value: string, confidence?: number) => anIndicator('domain', value, { confidence });

describe('RuleRoom', () => {
  it('writes all in the order in which it was asked, when there is room', () => {
    const claims = [
      [named('b', 10), 4],
      [named('a', 90), 4],
    ] as const;
    expect(settled(claims, 8)).toEqual({ written: ['b', 'a'], skipped: [] });
  });

  it('writes the worthiest, whatever they need, and counts the others', () => {
    const claims = [
      [named('low', 10), 1],
      [named('high', 90), 4],
      [named('unsaid'), 4],
    ] as const;
    expect(settled(claims, 8)).toEqual({ written: ['high', 'unsaid'], skipped: ['low budget:rules'] });
    expect(settled(claims, 7)).toEqual({
      written: ['high'],
      skipped: ['low budget:rules', 'unsaid budget:rules'],
    });
  });

  it('ranks rules that many share by the worthiest of them', () => {
    const room = new RuleRoom();
    const written: string[] = [];
    room.claim([named('shared', 1), named('shared too', 90)], 1, () => written.push('shared'));
    room.claim([named('alone', 50)], 1, () => written.push('alone'));
    const skipped: string[] = [];
    room.settle(1, ({ value }) => skipped.push(value));
    expect({ written, skipped }).toEqual({ written: ['shared'], skipped: ['alone'] });
  });
});

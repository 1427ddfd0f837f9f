import { describe, expect, it } from 'vitest';
import { indicator } from '../../testing/pipeline.ts';
import { TargetSample } from './target-sample.ts';

const all = Array.from({ length: 1000 }, (_, i) => indicator(`h${i}.example`));
const at = (line: string) => ({ file: 'f', text: line });

function sampled(indicators: typeof all, size: number, seed = 'a') {
  const sample = new TargetSample(size, seed);
  for (const one of indicators) {
    sample.add(one, at(`${one.value} dns`));
    sample.add(one, at(`${one.value} http`));
  }
  return sample.targets();
}

const names = (targets: ReturnType<typeof sampled>) => targets.map((target) => target.indicator.value).sort();

describe('TargetSample', () => {
  it('takes as many as asked for, or all', () => {
    expect(sampled(all, 100)).toHaveLength(100);
    expect(sampled(all, 1000)).toHaveLength(1000);
    expect(sampled(all, 5000)).toHaveLength(1000);
    expect(sampled(all, Number.POSITIVE_INFINITY)).toHaveLength(1000);
  });

  it('keeps every place of those that it takes', () => {
    for (const { indicator: one, placements } of sampled(all, 7))
      expect(placements).toEqual([at(`${one.value} dns`), at(`${one.value} http`)]);
  });

  it('takes the same ones in any order, and others for another seed', () => {
    expect(names(sampled(all.toReversed(), 50))).toEqual(names(sampled(all, 50)));
    expect(names(sampled(all, 50, 'b'))).not.toEqual(names(sampled(all, 50)));
  });
});

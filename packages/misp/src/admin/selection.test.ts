import { describe, expect, it } from 'vitest';
import { select } from './selection.ts';

const things = [
  { id: '1', name: 'Top 1000' },
  { id: '2', name: 'Top 5000' },
  { id: '3', name: 'RFC 1918' },
  { id: '4', name: 'rfc 1918' },
];

const idsOf = (...words: string[]) => select(things, words).chosen.map(({ id }) => id);

describe('select', () => {
  it('chooses by id, by name in any case, by pattern, and all, each once', () => {
    expect(idsOf('3', 'top 1000')).toEqual(['1', '3']);
    expect(idsOf('Top*', '1')).toEqual(['1', '2']);
    expect(idsOf('all')).toEqual(['1', '2', '3', '4']);
  });

  it('means by `all` those that it is told, beside what is named; and nothing is missed', () => {
    const isOfAll = ({ id }: { id: string }) => id === '2';
    expect(select(things, ['all', '4'], isOfAll)).toMatchObject({ chosen: [{ id: '2' }, { id: '4' }], misses: [] });
    expect(select([], ['all'])).toEqual({ chosen: [], misses: [] });
  });

  it('ends on a hostile name and pattern', () => {
    const hostile = [{ id: '1', name: 'a'.repeat(100_000) }];
    expect(select(hostile, [`${'*a'.repeat(10_000)}*b`]).chosen).toEqual([]);
  });

  it('chooses none of several that have the same name, and tells their ids', () => {
    const { chosen, misses } = select(things, ['RFC 1918']);
    expect(chosen).toEqual([]);
    expect(misses).toMatchObject([{ failure: 'ambiguous', note: expect.stringContaining('3, 4') }]);
  });

  it('names each word that chooses nothing', () => {
    const { chosen, misses } = select(things, ['nope', '99', '1']);
    expect(chosen).toHaveLength(1);
    expect(misses.map(({ name, failure }) => [name, failure])).toEqual([
      ['nope', 'unknown'],
      ['99', 'unknown'],
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactIndex } from './exact-index.ts';

describe('the index of exact entries', () => {
  it('finds a text to the letter', () => {
    const index = new ExactIndex();
    index.add(3, 'Setup.EXE', false);
    expect(index.find('Setup.EXE')).toEqual([{ entry: 'Setup.EXE', lists: [3], wider: false }]);
    expect(index.find('setup.exe')).toEqual([]);
  });

  it('finds the host first, then the domains above it that mean what lies below', () => {
    const index = new ExactIndex();
    index.add(0, 'a.b.example', false);
    index.add(1, 'b.example', true);
    index.add(2, 'b.example', false);
    index.add(3, 'example', true);
    expect(index.findHost('a.b.example')).toEqual([
      { entry: 'a.b.example', lists: [0], wider: false },
      { entry: 'b.example', lists: [1], wider: true },
      { entry: 'example', lists: [3], wider: true },
    ]);
    expect(index.findHost('b.example')[0]).toEqual({ entry: 'b.example', lists: [1, 2], wider: false });
    expect(index.findHost('notb.example')).toEqual([{ entry: 'example', lists: [3], wider: true }]);
  });

  it('holds a list once, also when it has the entry with and without what lies below', () => {
    const index = new ExactIndex();
    index.add(5, 'google.com', false);
    index.add(5, 'google.com', true);
    expect(index.findHost('google.com')).toEqual([{ entry: 'google.com', lists: [5], wider: false }]);
    expect(index.findHost('www.google.com')).toEqual([{ entry: 'google.com', lists: [5], wider: true }]);
  });

  it('agrees with comparing every entry', () => {
    const host = fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
      .map((labels) => labels.join('.'));
    const entries = fc.array(fc.record({ list: fc.nat(4), entry: host, below: fc.boolean() }), { maxLength: 20 });
    fc.assert(
      fc.property(entries, host, (all, value) => {
        const index = new ExactIndex();
        for (const { list, entry, below } of all) index.add(list, entry, below);
        const expected = all
          .filter(({ entry, below }) => entry === value || (below && value.endsWith(`.${entry}`)))
          .map(({ list, entry }) => `${list} ${entry} ${entry !== value}`);
        const found = index
          .findHost(value)
          .flatMap(({ entry, lists, wider }) => lists.map((list) => `${list} ${entry} ${wider}`));
        expect(found.sort()).toEqual([...new Set(expected)].sort());
      }),
    );
  });
});

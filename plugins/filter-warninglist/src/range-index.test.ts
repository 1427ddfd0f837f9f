import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNetwork, type Network, parseNetwork } from './network.ts';
import { RangeIndex } from './range-index.ts';

function network(text: string): Network {
  const parsed = parseNetwork(text);
  if (parsed === undefined) throw new Error(`\`${text}\` is no network`);
  return parsed;
}

/** Entries around the network as the index finds them, as `list:entry`, from the narrowest. */
function around(index: RangeIndex, wanted: Network): string[] {
  const found: string[] = [];
  for (let i = index.narrowestAround(wanted); i >= 0; i = index.nextAround(i)) {
    found.push(`${index.list(i)}:${index.entry(i)}`);
  }
  return found;
}

const bitsOf = ({ words, bits }: Network) =>
  words
    .map((word) => word.toString(2).padStart(32, '0'))
    .join('')
    .slice(0, bits);
const holds = (outer: Network, inner: Network) => bitsOf(inner).startsWith(bitsOf(outer));

/** Few distinct bits, so that networks often nest, touch and repeat. */
const networks = (width: 1 | 4) =>
  fc
    .tuple(
      fc.array(fc.constantFrom(0, 1, 0x80000000, 0xc0000000, 0xffffffff), { minLength: width, maxLength: width }),
      fc.nat(width * 32),
    )
    .map(([words, bits]) => network(`${formatNetwork({ words, bits: width * 32 })}/${bits}`))
    .filter(({ words }) => words.length === width);

describe('the range index', () => {
  it('finds all entries around an address, the narrowest first', () => {
    const index = new RangeIndex(
      1,
      ['10.0.0.0/8', '10.1.0.0/16', '10.2.0.0/16', '10.1.2.3'].map(network),
      [0, 1, 2, 3],
    );
    expect(around(index, network('10.1.2.3'))).toEqual(['3:10.1.2.3', '1:10.1.0.0/16', '0:10.0.0.0/8']);
    expect(around(index, network('10.1.2.4'))).toEqual(['1:10.1.0.0/16', '0:10.0.0.0/8']);
    expect(around(index, network('11.0.0.0'))).toEqual([]);
    expect(around(index, network('10.0.0.0/7'))).toEqual([]);
  });

  it('names the first entry of each list that lies in a network', () => {
    const index = new RangeIndex(
      1,
      ['10.0.0.1', '10.0.0.2', '10.0.1.0/24', '10.0.0.0/16', '11.0.0.0/8'].map(network),
      [0, 0, 1, 2, 3],
    );
    const inside = index.firstInside(network('10.0.0.0/16')).map((i) => index.entry(i));
    expect(inside).toEqual(['10.0.0.1', '10.0.1.0/24']);
  });

  it('answers the same for a network that holds very many entries when it is asked again', () => {
    const entries = Array.from({ length: 500 }, (_, i) => network(`10.0.${i >> 8}.${i & 255}`));
    const index = new RangeIndex(
      1,
      entries,
      entries.map((_, i) => i % 3),
    );
    const wide = network('10.0.0.0/8');
    expect(index.firstInside(wide)).toEqual([0, 1, 2]);
    expect(index.firstInside(wide)).toEqual([0, 1, 2]);
  });

  it.each([1, 4] as const)('agrees with comparing every entry, for addresses of %i words', (width) => {
    const lists = fc.array(networks(width), { maxLength: 30 });
    fc.assert(
      fc.property(lists, networks(width), (entries, wanted) => {
        const index = new RangeIndex(width, entries, [...entries.keys()]);
        const label = (entry: Network, list: number) => `${list}:${formatNetwork(entry)}`;
        const outer = entries.map((entry, i) => (holds(entry, wanted) ? label(entry, i) : '')).filter(Boolean);
        expect(around(index, wanted).sort()).toEqual(outer.sort());
        const inner = entries
          .map((entry, i) => (holds(wanted, entry) && entry.bits > wanted.bits ? label(entry, i) : ''))
          .filter(Boolean);
        const found = index.firstInside(wanted).map((i) => `${index.list(i)}:${index.entry(i)}`);
        expect(found.sort()).toEqual(inner.sort());
      }),
    );
  });
});

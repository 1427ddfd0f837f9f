import { canonicalHost, type Indicator } from '@misp-pipeline/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseList, type Warninglist } from './list-file.ts';
import { Matcher } from './matcher.ts';
import { parseNetwork } from './network.ts';
import { SHORTEST_SUBSTRING } from './substring-index.ts';

type Value = Pick<Indicator, 'kind' | 'value'>;

const label = fc.constantFrom('a', 'b', 'aa', 'abab');
const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));
const address = fc.tuple(fc.constantFrom(10, 11), fc.nat(1), fc.nat(1), fc.nat(3)).map((octets) => octets.join('.'));
const cidr = fc.tuple(address, fc.integer({ min: 6, max: 32 })).map(([ip, bits]) => `${ip}/${bits}`);

const list = fc.oneof(
  fc.record({ type: fc.constant('string'), list: fc.array(host) }),
  fc.record({
    type: fc.constant('hostname'),
    list: fc.array(
      fc.oneof(
        host,
        host.map((name) => `.${name}`),
      ),
    ),
  }),
  fc.record({ type: fc.constant('cidr'), list: fc.array(fc.oneof(address, cidr)) }),
  fc.record({ type: fc.constant('substring'), list: fc.array(host) }),
);

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.record({ kind: fc.constant('domain' as const), value: host }),
  fc.record({ kind: fc.constant('url' as const), value: host.map((name) => `http://${name}/x`) }),
  fc.record({ kind: fc.constant('ipv4' as const), value: address }),
  fc.record({ kind: fc.constant('url' as const), value: address.map((ip) => `http://${ip}/x`) }),
);

const bitsOf = (text: string) => {
  const network = parseNetwork(text);
  return network && (network.words[0] ?? 0).toString(2).padStart(32, '0').slice(0, network.bits);
};

/** The definitions of the list types, one entry at a time. */
function matches({ type }: Warninglist, entry: string, { kind, value: text }: Value): boolean {
  const inside = kind === 'url' ? text.slice('http://'.length, -'/x'.length) : text;
  const name = canonicalHost(inside);
  const bare = entry.replace(/^\./, '');
  if (type === 'string') return name === entry;
  if (type === 'hostname') return name !== undefined && `.${name}`.endsWith(`.${bare}`);
  if (type === 'substring') return entry.length >= SHORTEST_SUBSTRING && text.includes(entry);
  const range = bitsOf(entry);
  return range !== undefined && bitsOf(inside)?.startsWith(range) === true;
}

it('agrees with comparing every entry of every list', () => {
  fc.assert(
    fc.property(fc.array(list, { maxLength: 6 }), value, (raw, searched) => {
      const lists = raw.map((fields) => parseList('x', JSON.stringify({ name: 'x', ...fields })));
      const expected = lists.flatMap((one, i) =>
        one.entries.some((entry) => matches(one, entry, searched)) ? [i] : [],
      );
      const found = new Matcher(lists).find(searched).map((hit) => hit.list);
      expect([...new Set(found)].sort()).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

import { canonicalCidr, formatIpv4, parseIpv4 } from '@misp-pipeline/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countNetworkKeys, networkFault, networkKeys } from './network.ts';

const network = fc
  .record({ address: fc.nat(0xffffffff), bits: fc.integer({ min: 8, max: 31 }) })
  .map(({ address, bits }) => canonicalCidr(`${formatIpv4(address)}/${bits}`)?.value ?? '');

/** Whether a look-up by exact address or dotted beginning finds an address. */
function isHit(cidr: string, address: string): boolean {
  const { prefixes, addresses } = networkKeys(cidr);
  return addresses.includes(address) || prefixes.some((prefix) => prefix.endsWith('.') && address.startsWith(prefix));
}

describe('networkKeys', () => {
  it('hits each address of the network and none beside it', () => {
    fc.assert(
      fc.property(network, fc.double({ min: 0, max: 1, noNaN: true }), (cidr, where) => {
        const size = 2 ** (32 - Number(cidr.split('/')[1]));
        const first = parseIpv4(cidr.split('/')[0] ?? '');
        const last = first + size - 1;
        for (const address of [first, last, first + Math.floor(where * (size - 1))]) {
          expect(isHit(cidr, formatIpv4(address))).toBe(true);
        }
        if (first > 0) expect(isHit(cidr, formatIpv4(first - 1))).toBe(false);
        if (last < 0xffffffff) expect(isHit(cidr, formatIpv4(last + 1))).toBe(false);
      }),
    );
  });

  it.each([
    ['198.51.100.0/24', ['198.51.100.'], []],
    ['198.51.100.0/23', ['198.51.100.', '198.51.101.'], []],
    ['10.20.0.0/16', ['10.20.'], []],
    ['11.0.0.0/8', ['11.'], []],
    ['203.0.113.4/30', [], ['203.0.113.4', '203.0.113.5', '203.0.113.6', '203.0.113.7']],
  ])('writes %s as %j and %j', (cidr, prefixes, addresses) => {
    expect(networkKeys(cidr)).toEqual({ prefixes, addresses });
  });

  it.each([['10.0.0.0/9'], ['10.0.0.0/17'], ['10.0.0.0/25']])(
    'takes 128 keys for %s, the most that any takes',
    (cidr) => {
      const { prefixes, addresses } = networkKeys(cidr);
      expect(prefixes.length + addresses.length).toBe(128);
      expect(countNetworkKeys(cidr)).toBe(128);
    },
  );
});

describe('networkFault', () => {
  it.each([
    ['0.0.0.0/0', 'too-broad'],
    ['8.0.0.0/7', 'too-broad'],
    ['8.0.0.0/8', undefined],
    ['2001:db8::/32', 'ipv6-network'],
  ])('says of %s: %s', (cidr, fault) => {
    expect(networkFault(cidr)).toBe(fault);
  });

  it('counts no keys for a network that cannot be listed', () => {
    expect(countNetworkKeys('0.0.0.0/0')).toBe(0);
    expect(countNetworkKeys('2001:db8::/32')).toBe(0);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNetwork, parseNetwork } from './network.ts';

const canonical = (text: string) => {
  const network = parseNetwork(text);
  return network && formatNetwork(network);
};

describe('a network', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1/32', '192.0.2.1'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/1', '128.0.0.0/1'],
    ['2001:DB8::1/128', '2001:db8::1'],
    ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
    ['::/0', '::/0'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3/104', '10.0.0.0/8'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ])('%s reads as %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  it.each([
    '',
    '/8',
    '10.0.0.0/33',
    '10.0.0/8',
    '010.1.2.3',
    '::/129',
    '1::2::3',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    'fe80::1%eth0',
    'a.b.c.d',
  ])('%j is none', (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  });

  it('is read back from its own text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(128), (address, bits) => {
        const text = canonical(`${address}/${bits}`);
        if (text !== undefined) expect(canonical(text)).toBe(text);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalCidr, canonicalIp, formatIpv6, parseIpv4, parseIpv6, parseUrlIpv4 } from './ip.ts';

describe('canonicalIp', () => {
  it.each([
    ['192.0.2.1', 'ipv4', '192.0.2.1'],
    ['0.0.0.0', 'ipv4', '0.0.0.0'],
    ['255.255.255.255', 'ipv4', '255.255.255.255'],
    ['2001:DB8:0:0:0:0:0:1', 'ipv6', '2001:db8::1'],
    ['2001:0db8::0001', 'ipv6', '2001:db8::1'],
    ['::', 'ipv6', '::'],
    ['::1', 'ipv6', '::1'],
    ['1::', 'ipv6', '1::'],
    ['2001:db8:0:0:1:0:0:1', 'ipv6', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', 'ipv6', '2001:db8:0:1:1:1:1:1'],
    ['64:ff9b::192.0.2.33', 'ipv6', '64:ff9b::c000:221'],
    ['::ffff:198.51.100.77', 'ipv4', '198.51.100.77'],
    ['::FFFF:c633:644d', 'ipv4', '198.51.100.77'],
  ])('reads %s as %s %s', (text, kind, value) => {
    expect(canonicalIp(text)).toEqual({ kind, value });
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4 ',
    '1..2.3',
    '1.2.3.',
    '１.2.3.4',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    'fe80::1%eth0',
    '1.2.3.4::',
    '[::1]',
    'example.org',
  ])('refuses %j', (text) => {
    expect(canonicalIp(text)).toBeUndefined();
  });

  it('spells every IPv6 address in the one way that it reads back', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const text = formatIpv6(groups);
        expect(parseIpv6(text)).toEqual(groups);
        expect(parseIpv6(groups.map((value) => value.toString(16).toUpperCase().padStart(4, '0')).join(':'))).toEqual(
          groups,
        );
      }),
    );
  });

  it('gives a value that stays as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const once = canonicalIp(text);
        expect(once).toBeDefined();
        expect(canonicalIp(once?.value ?? '')).toEqual(once);
      }),
    );
  });
});

describe('canonicalCidr', () => {
  it.each([
    ['10.1.2.3/8', 'cidr', '10.0.0.0/8'],
    ['0.0.0.0/0', 'cidr', '0.0.0.0/0'],
    ['255.255.255.255/1', 'cidr', '128.0.0.0/1'],
    ['192.0.2.7/32', 'ipv4', '192.0.2.7'],
    ['2001:DB8:1:2::/33', 'cidr', '2001:db8::/33'],
    ['2001:db8::1/128', 'ipv6', '2001:db8::1'],
    ['::ffff:192.0.2.7/120', 'cidr', '192.0.2.0/24'],
    ['::ffff:192.0.2.7/128', 'ipv4', '192.0.2.7'],
    ['::ffff:192.0.2.7/64', 'cidr', '::/64'],
  ])('reads %s as %s %s', (text, kind, value) => {
    expect(canonicalCidr(text)).toEqual({ kind, value });
  });

  it.each([
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/255.0.0.0',
    '::/129',
    'a/8',
    '/8',
    '1/2/3',
  ])('refuses %j', (text) => {
    expect(canonicalCidr(text)).toBeUndefined();
  });

  it('gives a value that stays as it is', () => {
    const network = fc.oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 31 })),
      fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 127 })),
    );
    fc.assert(
      fc.property(network, ([address, bits]) => {
        const once = canonicalCidr(`${address}/${bits}`);
        expect(once).toBeDefined();
        const again = once?.kind === 'cidr' ? canonicalCidr(once.value) : canonicalIp(once?.value ?? '');
        expect(again).toEqual(once);
      }),
    );
  });
});

describe('parseUrlIpv4', () => {
  it.each(['127.0.0.1', '0x7f.0.0.1', '0177.0.0.01', '127.1', '0x7f000001', '2130706433', '017700000001'])(
    'takes %s for 127.0.0.1',
    (text) => {
      expect(parseUrlIpv4(text)).toBe(0x7f000001);
    },
  );

  it.each(['', '1.2.3.4.5', '256.1.1.1', '1.2.3.256', '4294967296', '0x', '09.1.1.1', '1..2', 'a.1', '-1'])(
    'refuses %j',
    (text) => {
      expect(parseUrlIpv4(text)).toBe(-1);
    },
  );

  it('agrees with the strict parser on dotted addresses', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(parseUrlIpv4(text)).toBe(parseIpv4(text));
      }),
    );
  });

  it('agrees with the URL parser of browsers', () => {
    const number = fc.oneof(
      fc.nat(300).map(String),
      fc.nat().map((value) => `0x${value.toString(16)}`),
      fc.nat(70_000).map((value) => `0${value.toString(8)}`),
      fc.constantFrom('08', '0', '', '0x'),
    );
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts.join('.');
        // A trailing dot and a bare `0x` are spellings of the standard that nobody uses.
        fc.pre(!text.endsWith('.') && !parts.includes('0x') && text !== '');
        const url = `http://${text}/`;
        const expected = URL.canParse(url) ? parseIpv4(new URL(url).hostname) : -1;
        expect(parseUrlIpv4(text)).toBe(expected);
      }),
    );
  });
});

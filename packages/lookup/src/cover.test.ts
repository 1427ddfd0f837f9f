import { describe, expect, it } from 'vitest';
import { coverOf } from './cover.ts';
import type { Query } from './known.ts';

const NO_NETWORKS = { ipv4: [], ipv6: [] };

/** What is looked up, as `relation kind value`. */
function looked(readings: readonly Query[], lengths: Parameters<typeof coverOf>[1] = NO_NETWORKS): string[] {
  const cover = [...coverOf(readings, lengths)];
  return cover.flatMap(([value, kinds]) => [...kinds].map(([kind, relation]) => `${relation} ${kind} ${value}`));
}

describe('coverOf', () => {
  it('asks for each domain above a name, nearest first, but not for the top-level domain', () => {
    expect(looked([{ kind: 'hostname', value: 'a.b.evil.example' }])).toEqual([
      'exact hostname a.b.evil.example',
      'host domain a.b.evil.example',
      'parent-domain domain b.evil.example',
      'parent-domain domain evil.example',
    ]);
  });

  it('lets a hostname cover itself only', () => {
    expect(looked([{ kind: 'domain', value: 'a.evil.example' }]).join()).not.toContain('hostname evil.example');
  });

  it('asks for the host of a URL', () => {
    expect(looked([{ kind: 'url', value: 'https://a.evil.example:8443/x?y' }])).toEqual([
      'exact url https://a.evil.example:8443/x?y',
      'host hostname a.evil.example',
      'host domain a.evil.example',
      'parent-domain domain evil.example',
    ]);
  });

  it.each([
    ['http://203.0.113.7/x', 'ipv4 203.0.113.7', 'cidr 203.0.113.0/24'],
    ['http://[2001:db8::7]/x', 'ipv6 2001:db8::7', 'cidr 2001:db8::/32'],
  ])('asks for the address in %s and the networks around it', (value, address, network) => {
    const all = looked([{ kind: 'url', value }], { ipv4: [24], ipv6: [32] });
    expect(all.slice(1)).toEqual([`host ${address}`, `inside-range ${network}`]);
  });

  it('asks for networks of the lengths that occur, smallest first', () => {
    const lengths = { ipv4: [31, 24, 0], ipv6: [64, 32, 0] };
    expect(looked([{ kind: 'ipv4', value: '203.0.113.7' }], lengths).slice(1)).toEqual([
      'inside-range cidr 203.0.113.6/31',
      'inside-range cidr 203.0.113.0/24',
      'inside-range cidr 0.0.0.0/0',
    ]);
    expect(looked([{ kind: 'ipv6', value: '2001:db8:1:2::7' }], lengths).slice(1)).toEqual([
      'inside-range cidr 2001:db8:1:2::/64',
      'inside-range cidr 2001:db8::/32',
      'inside-range cidr ::/0',
    ]);
  });

  it('asks for larger networks than the one that is asked for', () => {
    const all = looked([{ kind: 'cidr', value: '203.0.112.0/23' }], { ipv4: [24, 23, 16], ipv6: [] });
    expect(all).toEqual(['exact cidr 203.0.112.0/23', 'inside-range cidr 203.0.0.0/16']);
  });

  it('takes the closest relation where several hold', () => {
    const bare: Query[] = [
      { kind: 'url', value: 'http://evil.example/' },
      { kind: 'domain', value: 'evil.example' },
    ];
    expect(looked(bare)).toContain('exact domain evil.example');
  });

  it('is bounded also for a value that is no name', () => {
    expect(looked([{ kind: 'domain', value: 'a.'.repeat(100_000) }])).toHaveLength(1);
  });
});

import { INDICATOR_KINDS, type Indicator, makeIndicator } from '@misp-pipeline/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collected, visibleIndicators } from '../testing/indicators.ts';
import { Listed, type Probe, probesOf } from './index.ts';
import { framesOf } from './packet/frames.ts';

function probes(indicator: Indicator, ...others: readonly Indicator[]): readonly Probe[] {
  return probesOf(indicator, new Listed(collected(indicator, ...others)));
}

function nearMisses(indicator: Indicator, ...others: readonly Indicator[]): string[] {
  return probes(indicator, ...others)
    .filter(({ mustFire }) => !mustFire)
    .map(({ what }) => what);
}

describe('probesOf', () => {
  it.each(visibleIndicators().map((indicator) => [`${indicator.kind} ${indicator.value}`, indicator] as const))(
    'has something that must fire and something that must not for %s',
    (_, indicator) => {
      const expected = new Set(probes(indicator).map(({ mustFire }) => mustFire));
      expect(expected).toEqual(new Set([true, false]));
    },
  );

  it.each(['jarm', 'imphash', 'regkey', 'mutex', 'rule-suricata'] as const)(
    'has nothing for %s, which no packet shows',
    (kind) => {
      expect(probes(makeIndicator({ kind, value: 'x' }))).toEqual([]);
    },
  );

  it('has nothing for a digest of what we do not have', () => {
    expect(probes(makeIndicator({ kind: 'sha256', value: '0'.repeat(64) }))).toEqual([]);
  });

  it('makes frames of any value of any kind, or has nothing for it', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.domain(), fc.webUrl(), fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(fc.constantFrom(...INDICATOR_KINDS), value, (kind, text) => {
        for (const { conversation } of probes(makeIndicator({ kind, value: text }))) {
          const talk = conversation();
          expect([...framesOf(talk, talk.peer)].length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('leaves out a near miss that lies below another domain', () => {
    const domain = makeIndicator({ kind: 'domain', value: 'evil.example' });
    const sibling = makeIndicator({ kind: 'domain', value: 'xevil.example' });
    expect(nearMisses(domain).join()).toContain('xevil.example');
    expect(nearMisses(domain, sibling).join()).not.toContain('xevil.example');
  });

  it('leaves out a neighbour that lies in a listed network', () => {
    const address = makeIndicator({ kind: 'ipv4', value: '203.0.113.7', direction: 'destination' });
    const network = makeIndicator({ kind: 'cidr', value: '203.0.113.8/29' });
    expect(nearMisses(address).join()).toContain('203.0.113.8 ');
    expect(nearMisses(address, network).join()).not.toContain('203.0.113.8 ');
  });

  it('leaves out another port when the address is listed for all ports, too', () => {
    const onPort = makeIndicator({ kind: 'ipv4', value: '203.0.113.7', direction: 'destination', port: 80 });
    const onAll = makeIndicator({ kind: 'ipv4', value: '203.0.113.7', direction: 'destination' });
    expect(nearMisses(onPort).join()).toContain('port 81');
    expect(nearMisses(onPort, onAll).join()).not.toContain('port 81');
  });

  it('leaves out another target when the host is listed', () => {
    const url = makeIndicator({ kind: 'url', value: 'http://url.example/a' });
    const host = makeIndicator({ kind: 'domain', value: 'url.example' });
    const onHost = (what: string) => what.endsWith(' to url.example');
    expect(nearMisses(url).some(onHost)).toBe(true);
    expect(nearMisses(url, host).some(onHost)).toBe(false);
  });

  it('asks other hosts for the target of a URL, unless it is listed on any host', () => {
    const url = makeIndicator({ kind: 'url', value: 'http://url.example/gate.php' });
    const uri = makeIndicator({ kind: 'uri', value: '/gate.php' });
    expect(nearMisses(url).join()).toContain('/gate.php to xurl.example');
    expect(nearMisses(url, uri).join()).not.toContain('/gate.php to xurl.example');
  });

  it('looks up no name of a host that many share', () => {
    const shared = makeIndicator({ kind: 'hostname', value: 'cdn.example', port: 8443, sharedHost: true });
    const fired = probes(shared).filter(({ mustFire }) => mustFire);
    expect(fired.some(({ protocol }) => protocol === 'dns')).toBe(false);
  });

  it('sends nothing for an https URL on a host that many share', () => {
    expect(probes(makeIndicator({ kind: 'url', value: 'https://shared.example/a', sharedHost: true }))).toEqual([]);
  });
});

import type { Direction, Indicator } from '@misp-pipeline/core';
import { anIndicator } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { addAddressKeys, addPrefixKeys } from './address.ts';
import { addConnectKeys, addDottedHostKeys, addHostKeys } from './host.ts';
import { addRootKey, addTargetKey, addUrlHostKey } from './url.ts';

/** What a function adds for an indicator. */
function added(add: (indicator: Indicator, keys: string[]) => void, indicator: Indicator): string[] {
  const keys: string[] = [];
  add(indicator, keys);
  return keys;
}

const addressKeys = (indicator: Indicator, direction: Direction) =>
  added((one, keys) => addAddressKeys(one, direction, keys), indicator);
const prefixKeys = (indicator: Indicator, direction: Direction) =>
  added((one, keys) => addPrefixKeys(one, direction, keys), indicator);
const hostKeys = (indicator: Indicator) => added(addHostKeys, indicator);
const dottedHostKeys = (indicator: Indicator) => added(addDottedHostKeys, indicator);
const connectKeys = (indicator: Indicator) => added(addConnectKeys, indicator);

describe('addAddressKeys', () => {
  it('lists an address without direction in both', () => {
    const address = anIndicator('ipv4', '203.0.113.7');
    expect(addressKeys(address, 'source')).toEqual(['203.0.113.7']);
    expect(addressKeys(address, 'destination')).toEqual(['203.0.113.7']);
  });

  it('lists an address with a direction in that one only', () => {
    const address = anIndicator('ipv4', '203.0.113.7', { direction: 'destination' });
    expect(addressKeys(address, 'destination')).toEqual(['203.0.113.7']);
    expect(addressKeys(address, 'source')).toEqual([]);
  });

  it('spells an IPv6 address as RFC 5952, Suricata and Sysmon do', () => {
    expect(addressKeys(anIndicator('ipv6', '2001:db8::1'), 'source')).toEqual([
      '2001:db8::1',
      '2001:0db8:0000:0000:0000:0000:0000:0001',
      '2001:db8:0:0:0:0:0:1',
    ]);
  });

  it('has no key for an address with a port, which would hit on every port', () => {
    expect(addressKeys(anIndicator('ipv4', '203.0.113.7', { port: 443 }), 'destination')).toEqual([]);
  });

  it('lists the addresses of a small network, and the beginnings of a large one elsewhere', () => {
    expect(addressKeys(anIndicator('cidr', '203.0.113.6/31'), 'source')).toEqual(['203.0.113.6', '203.0.113.7']);
    expect(prefixKeys(anIndicator('cidr', '203.0.113.6/31'), 'source')).toEqual([]);
    expect(addressKeys(anIndicator('cidr', '203.0.113.0/24'), 'source')).toEqual([]);
    expect(prefixKeys(anIndicator('cidr', '203.0.113.0/24'), 'source')).toEqual(['203.0.113.']);
  });

  it('keeps the direction of a network', () => {
    const network = anIndicator('cidr', '203.0.113.0/24', { direction: 'source' });
    expect(prefixKeys(network, 'source')).toEqual(['203.0.113.']);
    expect(prefixKeys(network, 'destination')).toEqual([]);
  });
});

describe('addHostKeys', () => {
  it('lists a domain with and without www., a host name only as it is', () => {
    expect(hostKeys(anIndicator('domain', 'evil.example'))).toEqual(['evil.example', 'www.evil.example']);
    expect(hostKeys(anIndicator('domain', 'www.evil.example'))).toEqual(['www.evil.example']);
    expect(hostKeys(anIndicator('hostname', 'cdn.evil.example'))).toEqual(['cdn.evil.example']);
  });

  it('adds the final dot for Unbound', () => {
    expect(dottedHostKeys(anIndicator('hostname', 'cdn.evil.example'))).toEqual(['cdn.evil.example.']);
  });

  it('has no key for a name with a port', () => {
    expect(hostKeys(anIndicator('hostname', 'c2.evil.example', { port: 8443 }))).toEqual([]);
    expect(dottedHostKeys(anIndicator('hostname', 'c2.evil.example', { port: 8443 }))).toEqual([]);
  });
});

describe('addConnectKeys', () => {
  it('takes the port of the indicator, or that of HTTPS', () => {
    expect(connectKeys(anIndicator('hostname', 'c2.evil.example', { port: 8443 }))).toEqual(['c2.evil.example:8443']);
    expect(connectKeys(anIndicator('hostname', 'c2.evil.example'))).toEqual(['c2.evil.example:443']);
    expect(connectKeys(anIndicator('ipv4', '203.0.113.7', { port: 4443 }))).toEqual(['203.0.113.7:4443']);
    expect(connectKeys(anIndicator('ipv6', '2001:db8::1'))).toEqual(['[2001:db8::1]:443']);
  });

  it('has no key for an address seen as origin', () => {
    expect(connectKeys(anIndicator('ipv4', '203.0.113.7', { port: 4443, direction: 'source' }))).toEqual([]);
  });
});

describe('keys of a URL', () => {
  const keysOf = (value: string, fields = {}) => {
    const url = anIndicator('url', value, fields);
    return { root: added(addRootKey, url), host: added(addUrlHostKey, url), target: added(addTargetKey, url) };
  };
  const NONE = { root: [], host: [], target: [] };

  it('are the host alone for a root page', () => {
    expect(keysOf('https://evil.example/')).toEqual({ root: ['evil.example'], host: [], target: [] });
  });

  it('are host and target for any other page', () => {
    const keys = { root: [], host: ['evil.example'], target: ['/gate.php?id=1'] };
    expect(keysOf('http://evil.example/gate.php?id=1')).toEqual(keys);
    expect(keysOf('http://evil.example/?')).toEqual({ root: [], host: ['evil.example'], target: ['/?'] });
  });

  it.each([
    ['of another port, which two look-ups cannot tell', 'http://evil.example:8080/gate.php'],
    ['of no web scheme', 'ftp://evil.example/tool.exe'],
    ['on an IPv6 address', 'http://[2001:db8::7]/a'],
    ['with a quotation mark in its path', 'http://evil.example/"'],
    ['with a path that is longer than a key', `http://evil.example/${'a'.repeat(1024)}`],
  ])('are none for a URL %s', (_what, value) => {
    expect(keysOf(value)).toEqual(NONE);
  });

  it('never pair a shared host with the path of another URL', () => {
    expect(keysOf('http://shared.example/evil', { sharedHost: true })).toEqual(NONE);
    expect(keysOf('http://shared.example/', { sharedHost: true }).root).toEqual(['shared.example']);
  });
});

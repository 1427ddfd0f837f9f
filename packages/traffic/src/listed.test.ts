import { makeIndicator } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { collected } from '../testing/indicators.ts';
import { Listed } from './listed.ts';

const EVIL = makeIndicator({ kind: 'domain', value: 'evil.example' });
const NETWORK = makeIndicator({ kind: 'cidr', value: '203.0.113.128/26' });

describe('Listed', () => {
  const host = makeIndicator({ kind: 'hostname', value: 'c2.bad.example', port: 8443 });
  const address = makeIndicator({ kind: 'ipv6', value: '2001:db8::7' });
  const url = makeIndicator({ kind: 'url', value: 'http://url.example/a' });
  const everybody = makeIndicator({ kind: 'cidr', value: '0.0.0.0/0' });
  const listed = new Listed(collected(EVIL, NETWORK, host, address, url, everybody));

  it.each([
    ['evil.example', true],
    ['a.b.evil.example', true],
    ['notevil.example', false],
    ['example', false],
    ['c2.bad.example', true],
    ['www.c2.bad.example', false],
    ['url.example', false],
  ])('says of the name %s whether an indicator is it or above it: %s', (name, expected) => {
    expect(listed.coversName(name)).toBe(expected);
  });

  it.each([
    ['203.0.113.127', false],
    ['203.0.113.128', true],
    ['203.0.113.191', true],
    ['203.0.113.192', false],
    ['2001:db8::7', true],
    ['2001:db8::8', false],
  ])('says of the address %s whether an indicator is it or holds it: %s', (text, expected) => {
    expect(listed.coversAddress(text)).toBe(expected);
  });

  it('does not count the indicator that it is asked to leave out', () => {
    expect(listed.coversName('a.evil.example', EVIL)).toBe(false);
    expect(listed.coversAddress('203.0.113.130', NETWORK)).toBe(false);
  });

  it('counts another indicator of the same value', () => {
    const onPort = makeIndicator({ kind: 'domain', value: 'evil.example', port: 8443 });
    expect(new Listed(collected(EVIL, onPort)).coversName('evil.example', onPort)).toBe(true);
  });

  it('calls no name free on which a URL lies', () => {
    expect(listed.isFreeName('url.example')).toBe(false);
  });

  it('has plain hosts that are no indicators', () => {
    const plain = [
      makeIndicator({ kind: 'domain', value: 'example.org' }),
      makeIndicator({ kind: 'cidr', value: '198.18.0.0/24' }),
      makeIndicator({ kind: 'email', value: 'alice@example.org' }),
    ];
    const { server, host, sender } = new Listed(collected(...plain)).plain;
    expect({ server: server[4], host, sender }).toEqual({
      server: '198.18.1.0',
      host: 'www.example.net',
      sender: 'bob@example.org',
    });
  });
});

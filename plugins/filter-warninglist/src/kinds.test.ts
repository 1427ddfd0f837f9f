import { INDICATOR_KINDS } from '@misp-pipeline/core';
import { DETECTABLE_TYPES } from '@misp-pipeline/misp';
import { describe, expect, it } from 'vitest';
import { kindsOfTypes } from './kinds.ts';

const kinds = (...types: string[]) => [...kindsOfTypes(types)].sort();

describe('kinds that a list is about', () => {
  it('are all kinds when the list names no types', () => {
    expect([...kindsOfTypes(undefined)]).toEqual(INDICATOR_KINDS);
    expect([...kindsOfTypes([])]).toEqual(INDICATOR_KINDS);
    expect([...kindsOfTypes(['ALL'])]).toEqual(INDICATOR_KINDS);
  });

  it('include URLs when the list is about hosts or addresses, whether it names url or not', () => {
    expect(kinds('domain')).toEqual(['domain', 'hostname', 'url']);
    expect(kinds('ip-dst')).toEqual(['cidr', 'ipv4', 'ipv6', 'url']);
  });

  it('come from both halves of a composite type, but never from a port', () => {
    expect(kinds('domain|ip')).toEqual(['cidr', 'domain', 'hostname', 'ipv4', 'ipv6', 'url']);
    expect(kinds('filename|sha256')).toEqual(['filename', 'sha256']);
    expect(kinds('ip-dst|port')).toEqual(kinds('ip-dst'));
    expect(kinds('port')).toEqual([]);
  });

  it('keep kinds of hashes apart', () => {
    expect(kinds('md5', 'x509-fingerprint-sha1')).toEqual(['md5', 'x509-sha1']);
  });

  it.each(DETECTABLE_TYPES.filter((type) => type !== 'text'))('are known for type `%s`', (type) => {
    expect(kinds(type)).not.toEqual([]);
  });

  it('leave out types that no indicator comes from', () => {
    expect(kinds('phone-number', 'whois-registrant-phone')).toEqual([]);
  });
});

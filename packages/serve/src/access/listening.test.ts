import { type FaultAt, type ListenAddress, Secret } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { aToken, LOOPBACK, OPTIONS } from '../../testing/service.ts';
import type { ServeOptions } from '../options.ts';
import { listeningFaults } from './listening.ts';

const PUBLIC = { ...LOOPBACK, host: '0.0.0.0', isPublic: true };
const OPEN = { ...OPTIONS, listen: '0.0.0.0:8472' };
const TLS = { cert: 'cert.pem', key: 'key.pem' };
const TOKENS = { siem: aToken('siem') };

function faultsOf(options: ServeOptions, address: ListenAddress, insecureHttp: boolean): string[] {
  const faultAt: FaultAt = (path, message) => `${path}: ${message}`;
  return listeningFaults({ options, address, insecureHttp, faultAt });
}

describe('listeningFaults', () => {
  it('lets anybody ask on the machine itself', () => {
    expect(faultsOf(OPTIONS, LOOPBACK, false)).toEqual([]);
  });

  it('wants tokens and TLS when other machines reach it', () => {
    expect(faultsOf(OPEN, PUBLIC, false)).toEqual([
      'serve.tokens: other machines reach `0.0.0.0:8472`, so name who may ask, each with a token',
      'serve.tls: other machines reach `0.0.0.0:8472`, so name `cert` and `key`, or say --insecure-http behind a proxy that has them',
    ]);
    expect(faultsOf({ ...OPEN, tokens: TOKENS, tls: TLS }, PUBLIC, false)).toEqual([]);
  });

  it('goes without TLS, but not without tokens, behind a proxy', () => {
    expect(faultsOf({ ...OPEN, tokens: TOKENS }, PUBLIC, true)).toEqual([]);
    expect(faultsOf(OPEN, PUBLIC, true)).toHaveLength(1);
  });

  it.each([
    ['neither token nor digest', { a: aToken('a', { token: undefined }) }, 'serve.tokens.a: write either'],
    ['both', { a: aToken('a', { sha256: 'a'.repeat(64) }) }, 'serve.tokens.a: write either'],
    ['a short token', { a: aToken('', { token: new Secret('hunter2') }) }, 'serve.tokens.a.token: has fewer than 32'],
    ['one token twice', { a: aToken('x'), b: aToken('x') }, 'serve.tokens.b: is the same token as that of `a`'],
  ])('refuses %s, and shows no token', (_what, tokens, fault) => {
    const faults = faultsOf({ ...OPTIONS, tokens }, LOOPBACK, false);
    expect(faults).toEqual([expect.stringContaining(fault)]);
    expect(faults.join()).not.toContain('hunter2');
  });
});

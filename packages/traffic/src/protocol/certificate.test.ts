import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certificate } from './certificate.ts';

describe('certificate', () => {
  const parsed = new X509Certificate(certificate('server.test'));

  it('is one that others can read', () => {
    expect(parsed.subject).toBe('CN=server.test');
    expect(parsed.subjectAltName).toBe('DNS:server.test');
  });

  it('is signed by itself', () => {
    expect(parsed.verify(parsed.publicKey)).toBe(true);
  });

  it('is the same whenever it is made', () => {
    expect(certificate('server.test').equals(certificate('server.test'))).toBe(true);
  });
});

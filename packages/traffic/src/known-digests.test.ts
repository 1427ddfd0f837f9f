import { describe, expect, it } from 'vitest';
import { knownDigests } from './known-digests.ts';

describe('knownDigests', () => {
  const values = (kind: string) => knownDigests().flatMap((digest) => (digest.kind === kind ? [digest.value] : []));

  it('has those that others publish of the test file of EICAR', () => {
    expect(values('md5')).toContain('44d88612fea8a8f36de82e1278abb02f');
    expect(values('sha256')).toContain('275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f');
  });

  it('has one JA4 and two JA3 of clients that differ in the order of their ciphers', () => {
    expect([new Set(values('ja3')).size, new Set(values('ja4')).size]).toEqual([3, 2]);
  });
});

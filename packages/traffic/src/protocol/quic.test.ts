import { describe, expect, it } from 'vitest';
import { initialKeys } from './quic.ts';

describe('initialKeys', () => {
  it('are those of RFC 9001, appendix A.1', () => {
    const { key, iv, header } = initialKeys(Buffer.from('8394c8f03e515708', 'hex'));
    expect(key.export().toString('hex')).toBe('1f369613dd76d5467730efcbe3b1a22d');
    expect(iv.toString('hex')).toBe('fa044b2f42a3fd3b46fb255c');
    expect(header.export().toString('hex')).toBe('9f50449e04a0e810283a1e9933adedd2');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum } from './checksum.ts';

describe('checksum', () => {
  it('is that of the example in RFC 1071', () => {
    expect(checksum(Buffer.from('0001f203f4f5f6f7', 'hex'))).toBe(0x220d);
  });

  it('makes the sum of all complete when it stands in the message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const sum = checksum(Buffer.alloc(2), bytes);
        expect(checksum(Buffer.of(sum >> 8, sum & 255), bytes)).toBe(0);
      }),
    );
  });
});

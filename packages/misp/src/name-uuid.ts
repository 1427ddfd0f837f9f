import { createHash } from 'node:crypto';

const NAMESPACE = Buffer.from('6f2d7a0c5b3e4e1d9a8f0c47b1d2e3f5', 'hex');

/**
 * The UUID (version 5 of RFC 9562) of a name in a namespace of our own: what has no UUID in its source gets the same one
 * in every run.
 */
export function nameUuid(...name: readonly string[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(name.join('\0')).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

import { hash } from 'node:crypto';

/** Namespace of the ids of our rules: a random UUID, fixed for ever. */
const NAMESPACE = Buffer.from('9b1f0a5e6c8d4f3ea2714c07d85be613', 'hex');

/** Name-based UUID (version 5 of RFC 9562): the same name has the same id on every machine. */
export function ruleId(name: string): string {
  const digest = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(name, 'utf8')]), 'buffer');
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

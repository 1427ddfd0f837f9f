import { createPrivateKey, createPublicKey, hash, type KeyObject, sign } from 'node:crypto';
import { join } from '../bytes.ts';
import { bitString, der, integer, objectId, octetString, sequence, set, utcTime, utf8String } from './der.ts';

const ED25519 = sequence(objectId('1.3.101.112'));
const COMMON_NAME = objectId('2.5.4.3');
const ALTERNATIVE_NAMES = objectId('2.5.29.17');
const VERSION_3 = der(0xa0, integer(Buffer.of(2)));
const VALIDITY = sequence(utcTime('250101000000Z'), utcTime('490101000000Z'));

/**
 * A self-signed certificate (RFC 5280) in DER. Keys of Ed25519 follow from a seed, and so do its signatures, so the same
 * name gives the same bytes everywhere. The key is no secret: it protects nothing.
 */
export function certificate(commonName: string): Buffer {
  const key = keyFor(commonName);
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const name = sequence(set(sequence(COMMON_NAME, utf8String(commonName))));
  const names = sequence(ALTERNATIVE_NAMES, octetString(sequence(der(0x82, Buffer.from(commonName, 'latin1')))));
  const serial = integer(join(Buffer.of(1), Buffer.from(hash('sha256', commonName), 'hex').subarray(0, 15)));
  const extensions = der(0xa3, sequence(names));
  const body = sequence(VERSION_3, serial, ED25519, name, VALIDITY, name, publicKey, extensions);
  return sequence(body, ED25519, bitString(sign(null, body, key)));
}

/** What stands in front of the seed in a private key (RFC 8410). */
const PRIVATE_KEY_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

function keyFor(commonName: string): KeyObject {
  const seed = Buffer.from(hash('sha256', `key of ${commonName}`), 'hex');
  return createPrivateKey({ key: join(PRIVATE_KEY_HEAD, seed), format: 'der', type: 'pkcs8' });
}

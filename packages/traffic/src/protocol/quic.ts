import { createCipheriv, createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { join, sized8, u8, u16, u32 } from '../bytes.ts';

/** What a client protects its first packet with. */
interface InitialKeys {
  readonly key: KeyObject;
  readonly iv: Buffer;
  /** Key of the header protection. */
  readonly header: KeyObject;
}

const VERSION_1 = u32(1);
/** Salt of version 1 (RFC 9001, section 5.2). */
const INITIAL_SALT = Buffer.from('38762cf7f55934b34d179ae6a4c80cadccbb7f0a', 'hex');

/** A long header of type Initial with a packet number of four bytes. */
const INITIAL = 0xc3;
const PACKET_NUMBER = u32(0);
const CRYPTO_FRAME = u8(6);
const TAG_LENGTH = 16;
/** Clients fill their first datagram up to this size. */
const DATAGRAM = 1200;
/** Marks a length of two bytes. */
const TWO_BYTES = 0x4000;

/** A protected Initial packet (RFC 9000, RFC 9001) with a ClientHello. */
export function quicInitial(hello: Buffer): Buffer {
  const connection = connectionFor(hello);
  const start = join(u8(INITIAL), VERSION_1, sized8(connection), sized8(), u8(0));
  const length = DATAGRAM - start.length - 2;
  const plain = Buffer.alloc(length - PACKET_NUMBER.length - TAG_LENGTH);
  join(CRYPTO_FRAME, u8(0), u16(TWO_BYTES | hello.length), hello).copy(plain);
  const header = join(start, u16(TWO_BYTES | length), PACKET_NUMBER);
  return join(...protectedPacket(header, plain, keysOf(connection)));
}

/** Clients choose it by chance; here it follows from the greeting, and is one of a few thousand, whose keys are kept. */
function connectionFor(hello: Buffer): Buffer {
  return Buffer.from(`c11e${hash('sha256', hello).slice(0, 3).padStart(12, '0')}`, 'hex');
}

const KEYS = new Map<string, InitialKeys>();

function keysOf(connection: Buffer): InitialKeys {
  const name = connection.toString('hex');
  const known = KEYS.get(name);
  if (known !== undefined) return known;
  const keys = initialKeys(connection);
  KEYS.set(name, keys);
  return keys;
}

/** Header and payload, encrypted. The packet number is zero, so that the nonce is the vector itself. */
function protectedPacket(header: Buffer, plain: Buffer, keys: InitialKeys): readonly [Buffer, Buffer] {
  const cipher = createCipheriv('aes-128-gcm', keys.key, keys.iv);
  cipher.setAAD(header);
  const payload = join(cipher.update(plain), cipher.final(), cipher.getAuthTag());
  const mask = createCipheriv('aes-128-ecb', keys.header, null).update(payload.subarray(0, 16));
  const masked = Buffer.from(header);
  masked.writeUInt8(masked.readUInt8(0) ^ (mask.readUInt8(0) & 0x0f), 0);
  const numberAt = masked.length - PACKET_NUMBER.length;
  masked.writeInt32BE(masked.readInt32BE(numberAt) ^ mask.readInt32BE(1), numberAt);
  return [masked, payload];
}

export function initialKeys(connection: Buffer): InitialKeys {
  const initial = createHmac('sha256', INITIAL_SALT).update(connection).digest();
  const client = expandLabel(initial, 'client in', 32);
  return {
    key: createSecretKey(expandLabel(client, 'quic key', 16)),
    iv: expandLabel(client, 'quic iv', 12),
    header: createSecretKey(expandLabel(client, 'quic hp', 16)),
  };
}

/** HKDF-Expand-Label (RFC 8446, section 7.1) of up to 32 bytes, which take one round. */
function expandLabel(secret: Buffer, label: string, length: number): Buffer {
  const what = join(u16(length), sized8(Buffer.from(`tls13 ${label}`, 'latin1')), sized8(), u8(1));
  return createHmac('sha256', secret).update(what).digest().subarray(0, length);
}

import { join, u8, u16 } from '../bytes.ts';

/** Distinguished encoding rules of ASN.1 (X.690), as far as a certificate needs them. */
const TAG = { integer: 2, bits: 3, octets: 4, name: 6, utf8: 12, utcTime: 23, sequence: 48, set: 49 } as const;

export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = join(...parts);
  return join(u8(tag), lengthOf(body.length), body);
}

function lengthOf(length: number): Buffer {
  if (length < 128) return u8(length);
  return length < 256 ? Buffer.of(0x81, length) : join(u8(0x82), u16(length));
}

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return der(TAG.sequence, ...parts);
}

export function set(...parts: readonly Uint8Array[]): Buffer {
  return der(TAG.set, ...parts);
}

/** A number of up to some bytes, the first of which is below 128. */
export function integer(bytes: Uint8Array): Buffer {
  return der(TAG.integer, bytes);
}

export function octetString(...parts: readonly Uint8Array[]): Buffer {
  return der(TAG.octets, ...parts);
}

export function bitString(bytes: Uint8Array): Buffer {
  return der(TAG.bits, u8(0), bytes);
}

export function utf8String(text: string): Buffer {
  return der(TAG.utf8, Buffer.from(text, 'utf8'));
}

/** `YYMMDDhhmmssZ` */
export function utcTime(text: string): Buffer {
  return der(TAG.utcTime, Buffer.from(text, 'latin1'));
}

/** An object identifier such as `2.5.4.3`; the third part and those behind it are below 128. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(TAG.name, Buffer.of(first * 40 + second, ...rest));
}

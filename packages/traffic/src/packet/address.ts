import { formatIpv4, formatIpv6, parseIpv4, parseIpv6 } from '@misp-pipeline/core';
import { u16, u32 } from '../bytes.ts';

export type Family = 4 | 6;

export function familyOf(address: string): Family {
  return address.includes(':') ? 6 : 4;
}

/** The 4 or 16 bytes of an address. */
export function addressBytes(address: string): Buffer {
  if (familyOf(address) === 4) return u32(parseIpv4(address));
  return Buffer.concat((parseIpv6(address) ?? []).map(u16));
}

export function addressNumber(address: string): bigint {
  return BigInt(`0x${addressBytes(address).toString('hex')}`);
}

/** Canonical text of an address that is given as a number, or undefined when there is no such address. */
export function addressText(value: bigint, family: Family): string | undefined {
  const bits = family === 4 ? 32n : 128n;
  if (value < 0n || value >> bits !== 0n) return undefined;
  if (family === 4) return formatIpv4(Number(value));
  return formatIpv6(Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn)));
}

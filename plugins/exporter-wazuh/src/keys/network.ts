import { formatIpv4, parseIpv4 } from '@misp-pipeline/core';

/** A wider network is no indicator of anything: 16,777,216 addresses and more. */
const WIDEST = 8;

/** What stands in lists for a network: look-ups know exact addresses and dotted beginnings, no masks. */
export interface NetworkKeys {
  /** Beginnings of addresses such as `198.51.100.`, at most 128. */
  readonly prefixes: readonly string[];
  /** The addresses themselves when the network is smaller than one such beginning, at most 128. */
  readonly addresses: readonly string[];
}

/** Why a network cannot stand in a list. */
export type NetworkFault = 'ipv6-network' | 'too-broad';

/** Tells why a canonical network cannot stand in a list, or undefined when it can. */
export function networkFault(cidr: string): NetworkFault | undefined {
  if (cidr.includes(':')) return 'ipv6-network';
  return prefixLength(cidr) < WIDEST ? 'too-broad' : undefined;
}

/** Keys that together hit the addresses of a canonical IPv4 network without {@link networkFault}, and no others. */
export function networkKeys(cidr: string): NetworkKeys {
  const bits = prefixLength(cidr);
  const first = parseIpv4(cidr.slice(0, cidr.indexOf('/')));
  if (bits > 24) return { prefixes: [], addresses: series(first, 1, 2 ** (32 - bits)) };
  const octets = Math.ceil(bits / 8);
  const addresses = series(first, 2 ** (32 - 8 * octets), 2 ** (8 * octets - bits));
  return { prefixes: addresses.map((address) => beginning(address, octets)), addresses: [] };
}

function prefixLength(cidr: string): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}

function series(first: number, step: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => formatIpv4(first + i * step));
}

function beginning(address: string, octets: number): string {
  return `${address.split('.').slice(0, octets).join('.')}.`;
}

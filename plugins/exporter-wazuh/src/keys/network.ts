import { formatIpv4, parseIpv4 } from '@misp-pipeline/core';

/** A wider network is no indicator of anything: it has more than 16,777,216 addresses. */
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
  const octets = wholeOctets(cidr);
  const first = parseIpv4(cidr.slice(0, cidr.indexOf('/')));
  const step = 2 ** (32 - 8 * octets);
  const addresses = Array.from({ length: countNetworkKeys(cidr) }, (_, i) => formatIpv4(first + i * step));
  if (octets === 4) return { prefixes: [], addresses };
  return { prefixes: addresses.map((address) => `${address.split('.', octets).join('.')}.`), addresses: [] };
}

/** How many keys a canonical network takes, 0 when it has a {@link networkFault}. */
export function countNetworkKeys(cidr: string): number {
  return networkFault(cidr) === undefined ? 2 ** (8 * wholeOctets(cidr) - prefixLength(cidr)) : 0;
}

/** How many octets the keys of a network hold: as few as tell its addresses from others. */
function wholeOctets(cidr: string): number {
  return Math.ceil(prefixLength(cidr) / 8);
}

function prefixLength(cidr: string): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}

import { type Direction, type Indicator, parseIpv6 } from '@misp-pipeline/core';
import { networkFault, networkKeys } from './network.ts';

/**
 * Keys of an address seen in one direction, or of the addresses of a small network. One with a port has none: an
 * event's port stands in another field, and the address alone would hit on every port.
 */
export function addAddressKeys(indicator: Indicator, direction: Direction, keys: string[]): void {
  if (!isSeen(indicator, direction)) return;
  const { kind, value } = indicator;
  if (kind === 'ipv6') keys.push(...ipv6Spellings(value));
  else if (kind !== 'cidr') keys.push(value);
  else if (networkFault(value) === undefined) keys.push(...networkKeys(value).addresses);
}

/** Keys of a network seen in one direction: the beginnings of its addresses. */
export function addPrefixKeys(indicator: Indicator, direction: Direction, keys: string[]): void {
  if (!isSeen(indicator, direction) || networkFault(indicator.value) !== undefined) return;
  keys.push(...networkKeys(indicator.value).prefixes);
}

/** An indicator without direction is seen in both. */
function isSeen(indicator: Indicator, direction: Direction): boolean {
  return indicator.port === undefined && (indicator.direction ?? direction) === direction;
}

/**
 * A look-up compares text, and logs spell the same address in three ways: as in RFC 5952, in full (Suricata), and
 * without `::` but also without leading zeros (Sysmon).
 */
function ipv6Spellings(canonical: string): readonly string[] {
  const groups = parseIpv6(canonical)?.map((group) => group.toString(16));
  if (groups === undefined) return [canonical];
  return [canonical, groups.map((group) => group.padStart(4, '0')).join(':'), groups.join(':')];
}

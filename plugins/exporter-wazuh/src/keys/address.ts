import { type Direction, type Indicator, parseIpv6 } from '@misp-pipeline/core';
import { networkFault, networkKeys } from './network.ts';

const NONE: readonly string[] = [];

/**
 * Keys of an address seen in one direction, or of the addresses of a small network. One with a port has none: an
 * event's port stands in another field, and the address alone would hit on every port.
 */
export function addressKeys(indicator: Indicator, direction: Direction): readonly string[] {
  if (!isSeen(indicator, direction)) return NONE;
  const { kind, value } = indicator;
  if (kind === 'ipv6') return ipv6Spellings(value);
  if (kind === 'cidr') return networkFault(value) === undefined ? networkKeys(value).addresses : NONE;
  return [value];
}

/** Keys of a network seen in one direction: the beginnings of its addresses. */
export function prefixKeys(indicator: Indicator, direction: Direction): readonly string[] {
  if (!isSeen(indicator, direction) || networkFault(indicator.value) !== undefined) return NONE;
  return networkKeys(indicator.value).prefixes;
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
  const groups = (parseIpv6(canonical) ?? []).map((group) => group.toString(16));
  return [canonical, groups.map((group) => group.padStart(4, '0')).join(':'), groups.join(':')];
}

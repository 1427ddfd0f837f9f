import type { IndicatorKind } from '@misp-pipeline/core';
import { type CdbList, exactList } from '../cdb-list.ts';
import { addAddressKeys, addPrefixKeys } from '../keys/address.ts';

const ADDRESSES: readonly IndicatorKind[] = ['ipv4', 'ipv6', 'cidr'];

export const IP_DESTINATION = exactList({
  name: 'misp-ip-dst',
  holds: 'addresses seen as targets: IPv4, three spellings of IPv6, each address of a network of less than 256',
  api: true,
  kinds: ADDRESSES,
  addKeys: (indicator, keys) => addAddressKeys(indicator, 'destination', keys),
});

export const IP_SOURCE = exactList({
  name: 'misp-ip-src',
  holds: 'the same for addresses seen as origins',
  api: true,
  kinds: ADDRESSES,
  addKeys: (indicator, keys) => addAddressKeys(indicator, 'source', keys),
});

export const NETWORK_DESTINATION: CdbList = {
  name: 'misp-net-dst',
  holds: 'IPv4 networks seen as targets, as the beginnings of their addresses: `198.51.100.`',
  lookup: 'address_match_key',
  api: true,
  kinds: ['cidr'],
  addKeys: (indicator, keys) => addPrefixKeys(indicator, 'destination', keys),
};

export const NETWORK_SOURCE: CdbList = {
  name: 'misp-net-src',
  holds: 'the same for networks seen as origins',
  lookup: 'address_match_key',
  api: true,
  kinds: ['cidr'],
  addKeys: (indicator, keys) => addPrefixKeys(indicator, 'source', keys),
};

/** Lists in which the address at one end of a connection is looked up. */
export const ADDRESS_LISTS: readonly CdbList[] = [IP_DESTINATION, IP_SOURCE, NETWORK_DESTINATION, NETWORK_SOURCE];

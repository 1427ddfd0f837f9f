import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import type { CdbList } from './cdb-list.ts';
import { addAddressKeys, addPrefixKeys } from './keys/address.ts';
import { addConnectKeys, addDottedHostKeys, addHostKeys } from './keys/host.ts';
import { addRootKey, addTargetKey, addUrlHostKey } from './keys/url.ts';

const ADDRESSES: readonly IndicatorKind[] = ['ipv4', 'ipv6', 'cidr'];
const HOSTS: readonly IndicatorKind[] = ['domain', 'hostname'];
const HASHES: readonly IndicatorKind[] = ['md5', 'sha1', 'sha256'];

export const IP_DESTINATION: CdbList = {
  name: 'misp-ip-dst',
  holds: 'addresses seen as targets: IPv4, three spellings of IPv6, each address of a network of less than 256',
  lookup: 'match_key',
  api: true,
  kinds: ADDRESSES,
  addKeys: (indicator, keys) => addAddressKeys(indicator, 'destination', keys),
};

export const IP_SOURCE: CdbList = {
  name: 'misp-ip-src',
  holds: 'the same for addresses seen as origins',
  lookup: 'match_key',
  api: true,
  kinds: ADDRESSES,
  addKeys: (indicator, keys) => addAddressKeys(indicator, 'source', keys),
};

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

export const DOMAIN: CdbList = {
  name: 'misp-domain',
  holds: 'host names; a domain also with `www.` before it',
  lookup: 'match_key',
  api: true,
  kinds: HOSTS,
  addKeys: addHostKeys,
};

export const DOMAIN_DOT: CdbList = {
  name: 'misp-domain-dot',
  holds: 'the same names with a final dot',
  lookup: 'match_key',
  api: true,
  kinds: HOSTS,
  addKeys: addDottedHostKeys,
};

export const CONNECT: CdbList = {
  name: 'misp-connect',
  holds: 'targets of a proxy CONNECT: `host:port`, with port 443 where the indicator has none',
  lookup: 'match_key',
  api: false,
  kinds: ['ipv4', 'ipv6', ...HOSTS],
  addKeys: addConnectKeys,
};

export const URL_FULL: CdbList = {
  name: 'misp-url',
  holds: 'whole URLs',
  lookup: 'match_key',
  api: false,
  kinds: ['url'],
  addKeys: addValue,
};

export const URL_ROOT: CdbList = {
  name: 'misp-url-root',
  holds: 'hosts whose root page is a listed URL',
  lookup: 'match_key',
  api: true,
  kinds: ['url'],
  addKeys: addRootKey,
};

export const URL_HOST: CdbList = {
  name: 'misp-url-host',
  holds: 'hosts of the other URLs, but not of those on shared hosts or with a port',
  lookup: 'match_key',
  api: true,
  kinds: ['url'],
  addKeys: addUrlHostKey,
};

export const URL_PATH: CdbList = {
  name: 'misp-url-path',
  holds: 'path and query of the same URLs',
  lookup: 'match_key',
  api: false,
  kinds: ['url'],
  addKeys: addTargetKey,
};

export const USER_AGENT: CdbList = {
  name: 'misp-user-agent',
  holds: 'whole user agents',
  lookup: 'match_key',
  api: false,
  kinds: ['user-agent'],
  addKeys: addValue,
};

export const HASH: CdbList = {
  name: 'misp-hash',
  holds: 'MD5, SHA-1 and SHA-256 of files in lower case',
  lookup: 'match_key',
  api: true,
  kinds: HASHES,
  addKeys: addValue,
};

export const HASH_SYSMON: CdbList = {
  name: 'misp-hash-sysmon',
  holds: 'the same as Sysmon writes them when it computes one algorithm only: `SHA256=` and upper case',
  lookup: 'match_key',
  api: true,
  kinds: HASHES,
  addKeys: ({ kind, value }, keys) => keys.push(`${kind}=${value}`.toUpperCase()),
};

function addValue({ value }: Indicator, keys: string[]): void {
  keys.push(value);
}

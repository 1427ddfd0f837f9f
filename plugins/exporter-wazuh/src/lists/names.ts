import type { IndicatorKind } from '@misp-pipeline/core';
import { exactList } from '../cdb-list.ts';
import { addConnectKeys, addDottedHostKeys, addHostKeys } from '../keys/host.ts';

const HOSTS: readonly IndicatorKind[] = ['domain', 'hostname'];

export const DOMAIN = exactList({
  name: 'misp-domain',
  holds: 'host names; a domain also with `www.` before it',
  api: true,
  kinds: HOSTS,
  addKeys: addHostKeys,
});

export const DOMAIN_DOT = exactList({
  name: 'misp-domain-dot',
  holds: 'the same names with a final dot',
  api: true,
  kinds: HOSTS,
  addKeys: addDottedHostKeys,
});

export const CONNECT = exactList({
  name: 'misp-connect',
  holds: 'targets of a proxy CONNECT: `host:port`, with port 443 where the indicator has none',
  api: false,
  kinds: ['ipv4', 'ipv6', ...HOSTS],
  addKeys: addConnectKeys,
});

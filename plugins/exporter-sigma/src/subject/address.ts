import { canonicalCidr, type Indicator, parseIpv6 } from '@misp-pipeline/core';
import type { Also, Leaf } from '../rule/selection.ts';
import { COMMAND_AND_CONTROL, INITIAL_ACCESS, OVER_WEB } from './attack-tags.ts';
import { FIREWALL, NETWORK_CONNECTION_LINUX, NETWORK_CONNECTION_WINDOWS, PROXY, WEBSERVER } from './log-source.ts';
import type { Subject } from './subject.ts';

/** Addresses and networks that somebody connects to. */
export const DESTINATION_IP: Subject = {
  id: 'dst_ip',
  kinds: ['ipv4', 'ipv6', 'cidr'],
  includes: (indicator) => indicator.direction !== 'source',
  tooBroad,
  leaves: addressLeaves,
  places: [
    {
      logSource: FIREWALL,
      field: 'dst_ip',
      portField: 'dst_port',
      title: 'Firewall Connection to MISP Listed Address',
      detects: 'connections through a firewall to addresses',
      tags: COMMAND_AND_CONTROL,
    },
    {
      logSource: NETWORK_CONNECTION_WINDOWS,
      field: 'DestinationIp',
      portField: 'DestinationPort',
      title: 'Windows Network Connection to MISP Listed Address',
      detects: 'network connections of Windows processes to addresses',
      tags: COMMAND_AND_CONTROL,
    },
    {
      logSource: NETWORK_CONNECTION_LINUX,
      field: 'DestinationIp',
      portField: 'DestinationPort',
      title: 'Linux Network Connection to MISP Listed Address',
      detects: 'network connections of Linux processes to addresses',
      tags: COMMAND_AND_CONTROL,
    },
    {
      logSource: PROXY,
      field: 'dst_ip',
      title: 'Web Request to MISP Listed Address',
      detects: 'web requests to addresses',
      tags: OVER_WEB,
    },
  ],
  falsePositives: 'Shared hosting or a re-assigned address',
};

/** Addresses and networks that connections come from. */
export const SOURCE_IP: Subject = {
  id: 'src_ip',
  kinds: DESTINATION_IP.kinds,
  includes: (indicator) => indicator.direction === 'source',
  tooBroad,
  leaves: addressLeaves,
  places: [
    {
      logSource: FIREWALL,
      field: 'src_ip',
      portField: 'src_port',
      title: 'Firewall Connection from MISP Listed Address',
      detects: 'connections through a firewall from addresses',
      tags: INITIAL_ACCESS,
    },
    {
      logSource: NETWORK_CONNECTION_WINDOWS,
      field: 'SourceIp',
      portField: 'SourcePort',
      title: 'Windows Network Connection from MISP Listed Address',
      detects: 'network connections to Windows processes from addresses',
      tags: INITIAL_ACCESS,
    },
    {
      logSource: NETWORK_CONNECTION_LINUX,
      field: 'SourceIp',
      portField: 'SourcePort',
      title: 'Linux Network Connection from MISP Listed Address',
      detects: 'network connections to Linux processes from addresses',
      tags: INITIAL_ACCESS,
    },
    {
      logSource: WEBSERVER,
      field: 'c-ip',
      title: 'Web Server Request from MISP Listed Address',
      detects: 'requests to a web server from addresses',
      tags: INITIAL_ACCESS,
    },
  ],
  falsePositives: 'A shared or re-assigned address',
};

/** Shortest prefixes that still name somebody: wider networks hold too many others. */
const MIN_BITS = { ipv4: 8, ipv6: 16 };

function tooBroad({ kind, value, port, sharedHost }: Indicator): string | undefined {
  if (sharedHost && port === undefined) return 'shared-host';
  if (kind !== 'cidr') return undefined;
  const bits = Number(value.slice(value.indexOf('/') + 1));
  return bits < (value.includes(':') ? MIN_BITS.ipv6 : MIN_BITS.ipv4) ? 'cidr' : undefined;
}

function addressLeaves({ kind, value, port }: Indicator): readonly Leaf[] {
  const suffix = port === undefined ? '' : `_port_${port}`;
  const also: readonly Also[] = port === undefined ? [] : [{ role: 'port', modifier: '', value: port }];
  if (kind === 'ipv4') return [{ name: `address${suffix}`, modifier: '', value, also }];
  if (kind === 'ipv6') return ipv6Leaves({ name: `address${suffix}`, modifier: '', value, also });
  // Sigma tools parse networks, and a malformed one would cost the whole rule.
  if (canonicalCidr(value)?.value !== value) return [];
  return [{ name: `network${suffix}`, modifier: '|cidr', value, also }];
}

/** Logs are text to most SIEMs, so that an address is found only in the spelling that its log has. */
function ipv6Leaves(leaf: Leaf): readonly Leaf[] {
  const value = sysmonIpv6(leaf.value);
  return value === leaf.value ? [leaf] : [leaf, { ...leaf, name: `sysmon_${leaf.name}`, value, platform: 'windows' }];
}

/** An IPv6 address as Sysmon writes it: without `::`, and without leading zeros. */
export function sysmonIpv6(canonical: string): string {
  const groups = parseIpv6(canonical);
  return groups === undefined ? canonical : groups.map((group) => group.toString(16)).join(':');
}

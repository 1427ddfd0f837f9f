import { canonicalCidr, type Indicator, type IndicatorKind } from '@misp-pipeline/core';
import {
  CREATE_STREAM_HASH_WINDOWS,
  DNS,
  DNS_QUERY_WINDOWS,
  DRIVER_LOAD_WINDOWS,
  FIREWALL,
  IMAGE_LOAD_WINDOWS,
  type LogSource,
  NETWORK_CONNECTION_LINUX,
  NETWORK_CONNECTION_WINDOWS,
  PROCESS_CREATION_WINDOWS,
  PROXY,
  WEBSERVER,
} from './log-source.ts';
import type { Leaf } from './selection.ts';

/** Where a subject shows: a field of a log source, and what a rule over it says of itself. */
export interface Place {
  readonly logSource: LogSource;
  readonly field: string;
  /** Field of the port that belongs to `field`; without it, values that are bound to a port are left out. */
  readonly portField?: string;
  /** Every word in upper case, as the conventions for titles want it. Distinct among all places. */
  readonly title: string;
  /** What is detected, in front of `listed in 3 MISP events`. */
  readonly detects: string;
  /** ATT&CK tags. A technique needs all its tactics beside it. */
  readonly tags: readonly string[];
}

/** Indicators that one rule can look for together. */
export interface Subject {
  /** In names of files and in ids: letters, digits and `_`. */
  readonly id: string;
  readonly kinds: readonly IndicatorKind[];
  /** Tells apart subjects that share a kind. */
  readonly includes: (indicator: Indicator) => boolean;
  /** Comparisons that detect the indicator; empty when its value is not of its kind's form. */
  readonly leaves: (indicator: Indicator) => readonly Leaf[];
  readonly places: readonly Place[];
  readonly falsePositives: string;
  /** Validators that complain of values which are meant as they are. */
  readonly exclusions: readonly string[];
}

const COMMAND_AND_CONTROL = ['attack.command-and-control'];
const OVER_DNS = [...COMMAND_AND_CONTROL, 'attack.t1071.004'];
const OVER_WEB = [...COMMAND_AND_CONTROL, 'attack.t1071.001'];
const INITIAL_ACCESS = ['attack.initial-access'];
const EXECUTION = ['attack.execution', 'attack.t1204.002'];

const HOST: Subject = {
  id: 'host',
  kinds: ['domain', 'hostname'],
  includes: () => true,
  leaves: hostLeaves,
  places: [
    {
      logSource: DNS,
      field: 'query',
      title: 'DNS Query for MISP Listed Host',
      detects: 'DNS queries for hosts, or for names below domains,',
      tags: OVER_DNS,
    },
    {
      logSource: DNS_QUERY_WINDOWS,
      field: 'QueryName',
      title: 'Windows DNS Query for MISP Listed Host',
      detects: 'DNS queries of Windows processes for hosts, or for names below domains,',
      tags: OVER_DNS,
    },
    {
      logSource: PROXY,
      field: 'cs-host',
      title: 'Web Request to MISP Listed Host',
      detects: 'web requests to hosts, or to names below domains,',
      tags: OVER_WEB,
    },
    {
      logSource: NETWORK_CONNECTION_WINDOWS,
      field: 'DestinationHostname',
      title: 'Windows Network Connection to MISP Listed Host',
      detects: 'network connections of Windows processes to hosts, or to names below domains,',
      tags: COMMAND_AND_CONTROL,
    },
  ],
  falsePositives: 'Shared hosting or a name that changed hands',
  exclusions: [],
};

const DESTINATION_IP: Subject = {
  id: 'dst_ip',
  kinds: ['ipv4', 'ipv6', 'cidr'],
  includes: (indicator) => indicator.direction !== 'source',
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
  exclusions: [],
};

const SOURCE_IP: Subject = {
  id: 'src_ip',
  kinds: DESTINATION_IP.kinds,
  includes: (indicator) => indicator.direction === 'source',
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
  exclusions: [],
};

const URL: Subject = {
  id: 'url',
  kinds: ['url'],
  includes: () => true,
  leaves: valueLeaves,
  places: [
    {
      logSource: PROXY,
      field: 'c-uri',
      title: 'Web Request to MISP Listed URL',
      detects: 'web requests to URLs',
      tags: OVER_WEB,
    },
  ],
  falsePositives: 'A page that has been cleaned since',
  exclusions: ['escaped_wildcard', 'sigmahq_field_duplicate_value'],
};

const USER_AGENT: Subject = {
  id: 'user_agent',
  kinds: ['user-agent'],
  includes: () => true,
  leaves: valueLeaves,
  places: [
    {
      logSource: PROXY,
      field: 'c-useragent',
      title: 'Web Request with MISP Listed User Agent',
      detects: 'web requests with user agents',
      tags: OVER_WEB,
    },
    {
      logSource: WEBSERVER,
      field: 'cs-user-agent',
      title: 'Web Server Request with MISP Listed User Agent',
      detects: 'requests to a web server with user agents',
      tags: INITIAL_ACCESS,
    },
  ],
  falsePositives: 'Legitimate software with the same user agent',
  exclusions: ['escaped_wildcard', 'number_as_string', 'sigmahq_field_duplicate_value', 'sigmahq_field_user'],
};

const HASH: Subject = {
  id: 'hash',
  kinds: ['md5', 'sha1', 'sha256', 'imphash'],
  includes: () => true,
  leaves: hashLeaves,
  places: [
    {
      logSource: PROCESS_CREATION_WINDOWS,
      field: 'Hashes',
      title: 'Process Creation with MISP Listed Hash',
      detects: 'processes started from files with hashes',
      tags: EXECUTION,
    },
    {
      logSource: IMAGE_LOAD_WINDOWS,
      field: 'Hashes',
      title: 'Image Load with MISP Listed Hash',
      detects: 'images loaded from files with hashes',
      tags: EXECUTION,
    },
    {
      logSource: DRIVER_LOAD_WINDOWS,
      field: 'Hashes',
      title: 'Driver Load with MISP Listed Hash',
      detects: 'drivers loaded from files with hashes',
      tags: EXECUTION,
    },
    {
      logSource: CREATE_STREAM_HASH_WINDOWS,
      field: 'Hash',
      title: 'Alternate Data Stream with MISP Listed Hash',
      detects: 'alternate data streams with hashes',
      tags: EXECUTION,
    },
  ],
  falsePositives: 'A legitimate tool that attackers use as well',
  exclusions: [],
};

/** Every indicator of a kind named here belongs to exactly one subject. */
export const SUBJECTS: readonly Subject[] = [HOST, DESTINATION_IP, SOURCE_IP, URL, USER_AGENT, HASH];

function valueLeaves({ value }: Indicator): readonly Leaf[] {
  return [{ name: 'value', modifier: '', value }];
}

/** A domain stands for itself and for every name below it, a host name for itself. */
function hostLeaves({ kind, value }: Indicator): readonly Leaf[] {
  const exact: Leaf = { name: 'exact', modifier: '', value };
  return kind === 'domain' ? [exact, { name: 'sub', modifier: '|endswith', value: `.${value}` }] : [exact];
}

function addressLeaves({ kind, value, port }: Indicator): readonly Leaf[] {
  const suffix = port === undefined ? '' : `_port_${port}`;
  if (kind !== 'cidr') return [{ name: `address${suffix}`, modifier: '', value, port }];
  // Sigma tools parse networks, and a malformed one would cost the whole rule.
  if (canonicalCidr(value)?.value !== value) return [];
  return [{ name: `network${suffix}`, modifier: '|cidr', value, port }];
}

/** Sysmon writes all hashes of a file into one field, such as `MD5=...,SHA256=...`, in upper case. */
function hashLeaves({ kind, value }: Indicator): readonly Leaf[] {
  return [{ name: 'hash', modifier: '|contains', value: `${kind}=${value}`.toUpperCase() }];
}

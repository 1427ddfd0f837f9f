import { IP_DESTINATION, IP_SOURCE, NETWORK_DESTINATION, NETWORK_SOURCE } from '../lists/addresses.ts';
import { URL_FULL } from '../lists/web.ts';
import type { LogSource } from '../look-up.ts';
import { iptablesRecord } from './line-records.ts';

const firewalls = { groups: 'firewall|pfsense|fortigate|junos' };
const paloalto = { groups: 'paloalto' };

export const FIREWALL: LogSource = {
  id: 'firewall',
  title: 'iptables, pfSense and OPNsense, FortiGate, Junos',
  record: iptablesRecord,
  structured: false,
  lookUps: [
    {
      id: 260,
      parent: { groups: 'fortigate' },
      field: 'url',
      list: URL_FULL,
      says: 'listed URL $(url) requested through a firewall',
      technique: 'T1071.001',
    },
    {
      id: 262,
      parent: firewalls,
      field: 'dstip',
      list: IP_DESTINATION,
      says: 'traffic to listed address $(dstip) at a firewall',
      technique: 'T1071',
    },
    {
      id: 264,
      parent: firewalls,
      field: 'srcip',
      list: IP_SOURCE,
      says: 'traffic from listed address $(srcip) at a firewall',
    },
    {
      id: 266,
      parent: firewalls,
      field: 'dstip',
      list: NETWORK_DESTINATION,
      says: 'traffic to $(dstip) in a listed network at a firewall',
      technique: 'T1071',
    },
    {
      id: 268,
      parent: firewalls,
      field: 'srcip',
      list: NETWORK_SOURCE,
      says: 'traffic from $(srcip) in a listed network at a firewall',
    },
  ],
};

export const PALO_ALTO: LogSource = {
  id: 'paloalto',
  title: 'Palo Alto Networks firewall',
  structured: false,
  lookUps: [
    {
      id: 280,
      parent: paloalto,
      field: 'destination_address',
      list: IP_DESTINATION,
      says: 'traffic to listed address $(destination_address) at a firewall',
      technique: 'T1071',
    },
    {
      id: 282,
      parent: paloalto,
      field: 'source_address',
      list: IP_SOURCE,
      says: 'traffic from listed address $(source_address) at a firewall',
    },
    {
      id: 284,
      parent: paloalto,
      field: 'destination_address',
      list: NETWORK_DESTINATION,
      says: 'traffic to $(destination_address) in a listed network at a firewall',
      technique: 'T1071',
    },
    {
      id: 286,
      parent: paloalto,
      field: 'source_address',
      list: NETWORK_SOURCE,
      says: 'traffic from $(source_address) in a listed network at a firewall',
    },
  ],
};

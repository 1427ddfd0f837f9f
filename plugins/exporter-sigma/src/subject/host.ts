import type { Indicator } from '@misp-pipeline/core';
import type { Leaf } from '../rule/selection.ts';
import { COMMAND_AND_CONTROL, OVER_DNS, OVER_WEB } from './attack-tags.ts';
import { DNS, DNS_QUERY_WINDOWS, NETWORK_CONNECTION_WINDOWS, PROXY } from './log-source.ts';
import type { Subject } from './subject.ts';

/** Names, wherever they are asked for or connected to. */
export const HOST: Subject = {
  id: 'host',
  kinds: ['domain', 'hostname'],
  includes: () => true,
  // A port does not help: DNS and proxy logs show the name alone.
  tooBroad: ({ sharedHost }) => (sharedHost ? 'shared-host' : undefined),
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
};

/** A domain stands for itself and for every name below it, a host name for itself. */
function hostLeaves({ kind, value }: Indicator): readonly Leaf[] {
  const exact: Leaf = { name: 'exact', modifier: '', value };
  return kind === 'domain' ? [exact, { name: 'sub', modifier: '|endswith', value: `.${value}` }] : [exact];
}

import type { Indicator } from '@misp-pipeline/core';
import { knownDigests, type Probe } from '@misp-pipeline/traffic';
import type { SnortVersion } from '../options.ts';

/** Ports on which the stock configuration of Snort 2.9 looks for HTTP, of those that probes use without being told to. */
const HTTP_PORTS: ReadonlySet<number> = new Set([80, 8000, 8080]);

/** Digests of texts: Snort hashes only files that begin like one of its types. */
const OF_TEXTS: ReadonlySet<string> = new Set(
  knownDigests().flatMap(({ what, value }) => (what === 'a small text' ? [value] : [])),
);

/** True when a probe shows what the form of the indicator looks at: what is left out here is what its form does not claim. */
export function isVisible(probe: Probe, { kind, value, port }: Indicator, version: SnortVersion): boolean {
  const { protocol, aspect } = probe;
  if (protocol === 'quic' || protocol === 'ssh') return false;
  if (protocol === 'http' && version === 2 && !HTTP_PORTS.has(probe.conversation().peerPort)) return false;
  switch (kind) {
    case 'domain':
    case 'hostname':
      return port === undefined || protocol !== 'dns';
    case 'ipv4':
    case 'ipv6':
    case 'cidr':
      return port !== undefined || aspect !== 'direction'; // a list knows no direction
    case 'url':
    case 'uri':
      return aspect !== 'query' || value.includes('?'); // without a query, any query is meant
    case 'filename':
      return protocol === 'smtp' || !probe.mustFire; // the names of attachments are meant
    case 'sha256':
      return !OF_TEXTS.has(value);
    default:
      return true;
  }
}

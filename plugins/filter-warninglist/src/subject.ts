import { type IndicatorKind, splitUrl } from '@misp-pipeline/core';
import { type Network, parseNetwork } from './network.ts';

/** What of an indicator is compared with hosts and with networks, besides its value as a whole. */
export interface Subject {
  /** A name, or of a URL also the address that stands in its place. */
  readonly host: string | undefined;
  readonly network: Network | undefined;
  /** Host or address are only a part of the value: it names something on the host. */
  readonly isPart: boolean;
}

const NOTHING: Subject = { host: undefined, network: undefined, isPart: false };

export function subjectOf(kind: IndicatorKind, value: string): Subject {
  switch (kind) {
    case 'domain':
    case 'hostname':
      return { host: value, network: undefined, isPart: false };
    case 'ipv4':
    case 'ipv6':
    case 'cidr':
      return { host: undefined, network: parseNetwork(value), isPart: false };
    case 'url':
      return subjectOfUrl(value);
    case 'email':
    case 'email-src':
    case 'email-dst':
    case 'email-reply-to':
      return { host: value.slice(value.lastIndexOf('@') + 1).toLowerCase(), network: undefined, isPart: true };
    default:
      return NOTHING;
  }
}

/** A URL without path and query names the host itself, whatever its scheme and port. */
function subjectOfUrl(url: string): Subject {
  const { host, path, query } = splitUrl(url);
  const isPart = path !== '/' || query !== undefined;
  return { host, network: parseNetwork(host), isPart };
}

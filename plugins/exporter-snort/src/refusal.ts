import {
  canonicalCidr,
  canonicalHost,
  type Indicator,
  type IndicatorKind,
  parseIpv4,
  parseIpv6,
  splitUrl,
} from '@misp-pipeline/core';
import type { SnortVersion } from './options.ts';

/** Most bytes of a `content`: the limit of Snort 2.9. Longer values are no use to Snort 3 either. */
const MAX_LENGTH = 2047;

/** Shorter URIs are part of everyday requests to any host. */
const MIN_URI_LENGTH = 5;

/** Shortest prefixes that still name somebody: wider networks hold too many others. */
const MIN_BITS = { ipv4: 8, ipv6: 16 };

const CONTROL = /[\x00-\x1f\x7f]/;
const SHA256 = /^[0-9a-f]{64}$/;

const MAIL_KINDS: ReadonlySet<IndicatorKind> = new Set<IndicatorKind>([
  'email',
  'email-src',
  'email-dst',
  'email-reply-to',
  'email-subject',
  'email-attachment',
]);

/**
 * Why an indicator cannot be detected, or should not be; undefined when it can. Values that are not canonical are
 * refused here, since a single bad rule keeps Snort from starting.
 */
export function refusal(indicator: Indicator, version: SnortVersion): string | undefined {
  const { kind, value } = indicator;
  switch (kind) {
    case 'ipv4':
      return parseIpv4(value) < 0 ? 'malformed:ipv4' : undefined;
    case 'ipv6':
      return parseIpv6(value) === undefined ? 'malformed:ipv6' : undefined;
    case 'cidr':
      return networkRefusal(value);
    case 'domain':
    case 'hostname':
      return canonicalHost(value) === value ? undefined : `malformed:${kind}`;
    case 'url':
      return urlRefusal(indicator);
    case 'sha256':
      if (version === 2) return 'unsupported:sha256';
      return SHA256.test(value) ? undefined : 'malformed:sha256';
    case 'uri':
      if (value.length < MIN_URI_LENGTH) return 'too-broad:uri';
      return textRefusal(kind, value);
    case 'user-agent':
      return textRefusal(kind, value);
    default:
      return MAIL_KINDS.has(kind) ? textRefusal(kind, value) : `unsupported:${kind}`;
  }
}

function networkRefusal(network: string): string | undefined {
  const canonical = canonicalCidr(network);
  if (canonical?.kind !== 'cidr' || canonical.value !== network) return 'malformed:cidr';
  const slash = network.indexOf('/');
  const fewest = network.includes(':') ? MIN_BITS.ipv6 : MIN_BITS.ipv4;
  return Number(network.slice(slash + 1)) < fewest ? 'too-broad:cidr' : undefined;
}

function urlRefusal({ value, sharedHost }: Indicator): string | undefined {
  const { scheme, host, path, query } = splitUrl(value);
  if (host === '' || !path.startsWith('/')) return 'malformed:url';
  if (scheme === 'https') {
    if (sharedHost) return 'too-broad:shared-host';
    // Clients send no server name for an address, so nothing of such a URL can be seen.
    return canonicalHost(host) === host ? undefined : 'unsupported:https-address';
  }
  if (scheme !== 'http') return 'unsupported:url-scheme';
  if (sharedHost && path === '/' && !query) return 'too-broad:shared-host';
  return textRefusal('url', value);
}

function textRefusal(kind: IndicatorKind, value: string): string | undefined {
  if (value === '' || CONTROL.test(value)) return `malformed:${kind}`;
  return Buffer.byteLength(value) > MAX_LENGTH ? `too-long:${kind}` : undefined;
}

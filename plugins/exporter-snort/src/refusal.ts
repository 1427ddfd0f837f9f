import {
  canonicalCidr,
  canonicalHost,
  canonicalIp,
  type Indicator,
  type IndicatorKind,
  parseIpv4,
  parseIpv6,
  patternBytes,
  splitUrl,
} from '@misp-pipeline/core';
import { foreignRefusal } from './foreign/refusal.ts';
import type { SnortVersion } from './options.ts';

/** Most bytes of a `content`: the limit of Snort 2.9. Longer values are no use to Snort 3 either. */
const MAX_LENGTH = 2047;

/** Shorter URIs and cookies are part of everyday requests to any host. */
const MIN_LENGTH = 5;

/** Fewer bytes are in traffic of every sort. */
const MIN_PATTERN_BYTES = 4;

/** Methods of everyday requests (RFC 9110, RFC 5789). */
const ORDINARY_METHODS: ReadonlySet<string> = new Set(
  'GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH'.split(' '),
);

/** Shortest prefixes that still name somebody: wider networks hold too many others. */
const MIN_BITS = { ipv4: 8, ipv6: 16 };

const CONTROL = /[\x00-\x1f\x7f]/;
const METHOD = /^[A-Z]{1,100}$/;
const SHA256 = /^[0-9a-f]{64}$/;

const MAIL_KINDS: ReadonlySet<IndicatorKind> = new Set<IndicatorKind>([
  'email',
  'email-src',
  'email-dst',
  'email-reply-to',
  'email-subject',
  'email-attachment',
  'email-x-mailer',
  'email-message-id',
]);

/**
 * A single bad rule keeps Snort from starting, so a value that is not in the canonical form of its kind is refused,
 * although sources see to that form.
 */
const MALFORMED = 'unsupported:malformed';
const TOO_LONG = 'unsupported:too-long';

/** Why an indicator cannot be detected, or should not be; undefined when it can. */
export function refusal(indicator: Indicator, version: SnortVersion): string | undefined {
  const { kind, value } = indicator;
  switch (kind) {
    case 'ipv4':
      return parseIpv4(value) < 0 ? MALFORMED : sharedRefusal(indicator);
    case 'ipv6':
      return parseIpv6(value) === undefined ? MALFORMED : sharedRefusal(indicator);
    case 'cidr':
      return networkRefusal(value) ?? sharedRefusal(indicator);
    case 'domain':
    case 'hostname':
      return canonicalHost(value) === value ? sharedRefusal(indicator) : MALFORMED;
    case 'url':
      return urlRefusal(indicator);
    case 'sha256':
      if (version === 2) return 'unsupported:sha256';
      return SHA256.test(value) ? undefined : MALFORMED;
    case 'uri':
    case 'cookie':
      return value.length < MIN_LENGTH ? `too-broad:${kind}` : textRefusal(value);
    case 'user-agent':
      return textRefusal(value);
    case 'http-method':
      if (!METHOD.test(value)) return MALFORMED;
      return ORDINARY_METHODS.has(value) ? 'too-broad:http-method' : undefined;
    case 'filename':
      return /[\\/]/.test(value) ? 'unsupported:path' : textRefusal(value);
    case 'pattern-in-traffic':
      return patternRefusal(value);
    case 'rule-snort':
      return foreignRefusal(value, version);
    default:
      return MAIL_KINDS.has(kind) ? textRefusal(value) : `unsupported:${kind}`;
  }
}

function sharedRefusal({ sharedHost, port }: Indicator): string | undefined {
  return sharedHost && port === undefined ? 'too-broad:shared-host' : undefined;
}

function networkRefusal(network: string): string | undefined {
  const canonical = canonicalCidr(network);
  if (canonical?.kind !== 'cidr' || canonical.value !== network) return MALFORMED;
  const slash = network.indexOf('/');
  const fewest = network.includes(':') ? MIN_BITS.ipv6 : MIN_BITS.ipv4;
  return Number(network.slice(slash + 1)) < fewest ? 'too-broad:cidr' : undefined;
}

function urlRefusal({ value, sharedHost }: Indicator): string | undefined {
  const { scheme, host, path, query } = splitUrl(value);
  const isHost = canonicalHost(host) === host || canonicalIp(host)?.value === host;
  if (!isHost || !path.startsWith('/')) return MALFORMED;
  if (scheme !== 'http' && scheme !== 'https') return 'unsupported:url-scheme';
  const showsHostOnly = scheme === 'https' || (path === '/' && !query);
  if (sharedHost && showsHostOnly) return 'too-broad:shared-host';
  return scheme === 'https' ? undefined : textRefusal(value);
}

function patternRefusal(pattern: string): string | undefined {
  const { length } = patternBytes(pattern);
  if (length > MAX_LENGTH) return TOO_LONG;
  return length < MIN_PATTERN_BYTES ? 'too-broad:pattern-in-traffic' : undefined;
}

function textRefusal(value: string): string | undefined {
  if (value === '' || CONTROL.test(value)) return MALFORMED;
  return Buffer.byteLength(value) > MAX_LENGTH ? TOO_LONG : undefined;
}

import { INDICATOR_KINDS, type IndicatorKind } from '@misp-pipeline/core';

// An URL counts as a host or an address, since those lists mean the host inside it, and few of them say so.
const ADDRESS: readonly IndicatorKind[] = ['ipv4', 'ipv6', 'cidr', 'url'];
const HOST: readonly IndicatorKind[] = ['domain', 'hostname', 'url'];
const EMAIL: readonly IndicatorKind[] = ['email', 'email-src', 'email-dst', 'email-reply-to'];

/** Kinds that a MISP type becomes where its name is not the kind's own. Composite types are looked up by halves. */
const KINDS_OF_TYPE: ReadonlyMap<string, readonly IndicatorKind[]> = new Map([
  ['ip', ADDRESS],
  ['ip-src', ADDRESS],
  ['ip-dst', ADDRESS],
  ['domain', HOST],
  ['hostname', HOST],
  ['onion-address', HOST],
  ['uri', ['uri', 'url']],
  ['email', EMAIL],
  ['email-src', EMAIL],
  ['email-dst', EMAIL],
  ['email-reply-to', EMAIL],
  ['malware-sample', ['filename', 'md5']],
  ['x509-fingerprint-md5', ['x509-md5']],
  ['x509-fingerprint-sha1', ['x509-sha1']],
  ['x509-fingerprint-sha256', ['x509-sha256']],
  ['ja3-fingerprint-md5', ['ja3']],
  ['ja4-plus', ['ja4']],
  ['jarm-fingerprint', ['jarm']],
  ['hassh-md5', ['hassh']],
  ['hasshserver-md5', ['hasshserver']],
  ['named pipe', ['named-pipe']],
  ['windows-service-name', ['service-name']],
  ['windows-service-displayname', ['service-name']],
  ['snort', ['rule-snort']],
  ['suricata', ['rule-suricata']],
  ['sigma', ['rule-sigma']],
  ['yara', ['rule-yara']],
  ['zeek', ['rule-zeek']],
  ['bro', ['rule-zeek']],
]);

const KINDS: ReadonlySet<string> = new Set(INDICATOR_KINDS);

/**
 * Kinds of indicator that a list is about, from the MISP types that it names in `matching_attributes`. A list that names
 * none is about all. Ports are never compared, and types that no indicator comes from are left out.
 */
export function kindsOfTypes(types: readonly string[] | undefined): ReadonlySet<IndicatorKind> {
  if (types === undefined || types.length === 0 || types.includes('ALL')) return new Set(INDICATOR_KINDS);
  const kinds = new Set<IndicatorKind>();
  for (const type of types) {
    for (const half of type.split('|')) for (const kind of kindsOfHalf(half)) kinds.add(kind);
  }
  return kinds;
}

function kindsOfHalf(type: string): readonly IndicatorKind[] {
  return KINDS_OF_TYPE.get(type) ?? (isKind(type) ? [type] : []);
}

function isKind(name: string): name is IndicatorKind {
  return KINDS.has(name);
}

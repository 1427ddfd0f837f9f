import { canonicalCidr, canonicalIp, type Indicator, type IndicatorKind } from '@misp-pipeline/core';

const HOST = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$/;
const URL = /^[a-z][a-z0-9+.-]*:\/\/(?:\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::\d{1,5})?\/[\x21-\x7e]*$/;

function hex(digits: number): (value: string) => boolean {
  const form = new RegExp(`^[0-9a-f]{${digits}}$`);
  return (value) => form.test(value);
}

const isAddress = (value: string) => canonicalIp(value)?.value === value;
const isHost = (value: string) => HOST.test(value);

/** Kinds whose values stand in a rule as they are, or that the engine refuses in any other form. */
const FORMS: Partial<Record<IndicatorKind, (value: string) => boolean>> = {
  ipv4: isAddress,
  ipv6: isAddress,
  cidr: (value) => canonicalCidr(value)?.value === value,
  domain: isHost,
  hostname: isHost,
  url: (value) => URL.test(value),
  ja3: hex(32),
  'x509-md5': hex(32),
  'x509-sha1': hex(40),
  'x509-sha256': hex(64),
  md5: hex(32),
  sha1: hex(40),
  sha256: hex(64),
};

/**
 * Whether a value has the canonical form that its kind promises. Sources see to that; this is the last line of defence,
 * since a single rule that the engine refuses can keep all others from being loaded.
 */
export function isWellFormed({ kind, value }: Indicator): boolean {
  return value !== '' && (FORMS[kind]?.(value) ?? true);
}

import { canonicalCidr, canonicalIp, type IndicatorKind, parseIpv4 } from '@misp-pipeline/core';

/** Says whether a value has the canonical form of a kind. */
type Form = (value: string) => boolean;

const URL = /^[a-z][a-z0-9+.-]*:\/\/(?:\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::\d{1,5})?\/[\x21-\x7e]*$/;

/** No reader of traffic or of JSON hands over a zero byte. */
const isText: Form = (value) => value !== '' && !value.includes('\0');
const isAddress: Form = (value) => parseIpv4(value) >= 0 || canonicalIp(value)?.value === value;

// Loops, since there may be a million values, and expressions take several times as long for these.

const DOT = 46;
const LONGEST_LABEL = 63;
/** Characters of labels, by code. */
const LABEL = Array.from({ length: 128 }, (_, code) => /[a-z0-9_-]/.test(String.fromCharCode(code)));

/** At least two labels, in lower case. */
function isHost(value: string): boolean {
  let length = 0;
  let dots = 0;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code === DOT && length > 0) {
      dots++;
      length = 0;
    } else if (LABEL[code] !== true || ++length > LONGEST_LABEL) return false;
  }
  return dots > 0 && length > 0;
}

function hex(digits: number): Form {
  return (value) => {
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      const isDigit = (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
      if (!isDigit) return false;
    }
    return value.length === digits;
  };
}

/** Kinds whose values stand in a rule as they are, or that the engine refuses in any other form. */
const FORMS: Partial<Record<IndicatorKind, Form>> = {
  ipv4: isAddress,
  ipv6: isAddress,
  cidr: (value) => canonicalCidr(value)?.value === value,
  domain: isHost,
  hostname: isHost,
  url: (value) => URL.test(value),
  ja3: hex(32),
  'http-method': (value) => /^[A-Z]+$/.test(value),
  hassh: hex(32),
  hasshserver: hex(32),
  'x509-md5': hex(32),
  'x509-sha1': hex(40),
  'x509-sha256': hex(64),
  md5: hex(32),
  sha1: hex(40),
  sha256: hex(64),
};

/**
 * The canonical form that a kind promises. Sources see to that; this is the last line of defence, since a single rule
 * that the engine refuses can keep all others from being loaded.
 */
export function formOf(kind: IndicatorKind): Form {
  return FORMS[kind] ?? isText;
}

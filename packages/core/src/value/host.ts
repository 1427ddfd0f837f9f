import { domainToASCII } from 'node:url';

const PLAIN_HOST = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$/;
const NUMBER_LABEL = /\.(?:\d+|0x[0-9a-f]*)$/;
const MAX_LENGTH = 253;

// The IDN mapping parses its input as a URL: what is no part of a name would be cut off or decoded, not refused.
const FOREIGN_ASCII = /[\x00-\x2c\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]/;
// Characters without a glyph (joiners, direction marks, soft hyphens) would be dropped without a trace.
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Canonical name of a host: lower case, IDN as A-labels, no trailing dot. Undefined for what is no multi-label name:
 * a single label, an empty or over-long label, an address, a name whose last label is a number, or a name with
 * characters that cannot be seen.
 */
export function canonicalHost(text: string): string | undefined {
  if (text.length > MAX_LENGTH + 1) return undefined;
  const host = PLAIN_HOST.test(text) ? text : foldedHost(text);
  if (host === undefined || host.length > MAX_LENGTH) return undefined;
  const lastLabel = host.charCodeAt(host.lastIndexOf('.') + 1);
  if (lastLabel >= 48 && lastLabel <= 57 && NUMBER_LABEL.test(host)) return undefined;
  return host;
}

function foldedHost(text: string): string | undefined {
  if (FOREIGN_ASCII.test(text)) return undefined;
  let host = text.toLowerCase();
  if (/[^\x00-\x7f]/.test(text)) host = INVISIBLE.test(text) ? '' : domainToASCII(host);
  if (host.endsWith('.')) host = host.slice(0, -1);
  return PLAIN_HOST.test(host) ? host : undefined;
}

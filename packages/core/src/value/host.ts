import { domainToASCII } from 'node:url';

const ASCII_HOST = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$/;
const NON_ASCII = /[^\x00-\x7f]/;

/**
 * Canonical name of a host: lower case, IDN as A-labels, no trailing dot. Undefined for what is no multi-label name:
 * a single label, an empty or over-long label, an address, or a name whose last label is a number.
 */
export function canonicalHost(text: string): string | undefined {
  let host = text;
  if (NON_ASCII.test(host)) host = domainToASCII(host);
  host = host.toLowerCase();
  if (host.endsWith('.')) host = host.slice(0, -1);
  if (host.length > 253 || !ASCII_HOST.test(host)) return undefined;
  const lastLabel = host.charCodeAt(host.lastIndexOf('.') + 1);
  if (lastLabel >= 48 && lastLabel <= 57 && /\.\d+$/.test(host)) return undefined;
  return host;
}

import { canonicalHost, canonicalIp } from '@misp-pipeline/core';
import { refangHost } from '../refang.ts';
import { type Fault, faultOf, halvesOf, isFault, type Part, part, type Reader, type Reading } from './reading.ts';
import { readAddress } from './address.ts';

/** Reads a name as the kind that its type says. */
export function hostReader(kind: 'domain' | 'hostname'): Reader {
  return (text) => {
    const host = canonicalHost(text);
    return host === undefined ? readBrokenHost(text, kind) : [part(kind, host)];
  };
}

/**
 * The spellings that are no plain name: defanged, with a leading dot or `*.` (both mean the domain with all below it),
 * with a port, or an address, which MISP takes for a name because its check allows digits everywhere.
 */
function readBrokenHost(text: string, kind: 'domain' | 'hostname'): Reading {
  const clean = refangHost(text);
  const name = clean.replace(/^\*?\./, '');
  const host = canonicalHost(name);
  if (host !== undefined) return [part(name === clean ? kind : 'domain', host)];
  const ip = canonicalIp(clean);
  if (ip !== undefined) return [part(ip.kind, ip.value, 'destination')];
  return clean.includes(':') ? readHostPort(clean) : faultOf(text, hostFault(clean));
}

function hostFault(text: string): Fault {
  if (text.includes('*')) return 'wildcard';
  return /^[a-z0-9_-]+$/i.test(text) ? 'single-label-host' : 'invalid-host';
}

/** `host|port` or `host:port`; an address in place of the host is an address. */
export function readHostPort(text: string): Reading {
  const clean = refangHost(text);
  ...
}

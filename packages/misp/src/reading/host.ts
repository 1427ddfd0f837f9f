import { canonicalHost, canonicalIp } from '@misp-pipeline/core';
import { refangHost } from '../refang.ts';
import { addressReader, splitColon } from './address.ts';
import { readHostPort } from './endpoint.ts';
import { type Fault, faultOf, halvesOf, isFault, part, type Reader, type Reading } from './reading.ts';

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
  return splitColon(clean) === undefined ? faultOf(text, hostFault(clean)) : readHostPort(clean);
}

function hostFault(text: string): Fault {
  if (text.includes('*')) return 'wildcard';
  return /^[a-z0-9_-]+$/i.test(text) ? 'single-label-host' : 'invalid-host';
}

const readDomain = hostReader('domain');
const readDestination = addressReader('destination');

/** Reads `domain|ip`: the domain, and the address to which it resolved. */
export function readDomainIp(text: string): Reading {
  const halves = halvesOf(text, text.indexOf('|'));
  if (halves === undefined) return faultOf(text, 'invalid-composite');
  const domain = readDomain(halves[0]);
  if (isFault(domain)) return domain;
  if (domain.some(({ kind }) => kind !== 'domain')) return 'invalid-host';
  const address = readDestination(halves[1]);
  return isFault(address) ? address : [...domain, ...address];
}

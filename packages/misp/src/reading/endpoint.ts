import { canonicalHost, type Direction } from '@misp-pipeline/core';
import { refangHost } from '../refang.ts';
import { addressOf, portOf, splitColon } from './address.ts';
import { faultOf, halvesOf, part, type Reader, type Reading } from './reading.ts';

const SPELLED = /^([0-9a-f:.]+?)(?:\.|#|p| port )(\d+)$/i;

/**
 * Reads `ip|port` and the spellings that MISP takes for it: `ip:port`, `[IPv6]:port`, `ip.port`, `ip#port`, `ip port n`.
 */
export function addressPortReader(direction: Direction): Reader {
  return (text) => {
    const clean = refangHost(text);
    const halves = halvesOf(clean, clean.indexOf('|')) ?? splitColon(clean) ?? spelledHalves(clean);
    if (halves === undefined) return faultOf(text, 'invalid-composite');
    const address = addressOf(halves[0]);
    if (address === undefined) return faultOf(text, 'invalid-ip');
    const port = portOf(halves[1]);
    return port === undefined ? faultOf(text, 'invalid-port') : [part(address.kind, address.value, direction, port)];
  };
}

function spelledHalves(text: string): readonly [string, string] | undefined {
  const match = SPELLED.exec(text);
  return match === null ? undefined : [match[1] ?? '', match[2] ?? ''];
}

/** Reads `host|port` and `host:port`. An address in place of the host is a destination. */
export function readHostPort(text: string): Reading {
  const clean = refangHost(text);
  const halves = halvesOf(clean, clean.indexOf('|')) ?? splitColon(clean);
  if (halves === undefined) return faultOf(text, 'invalid-composite');
  const port = portOf(halves[1]);
  if (port === undefined) return faultOf(text, 'invalid-port');
  const name = refangHost(halves[0]);
  const host = canonicalHost(name);
  if (host !== undefined) return [part('hostname', host, undefined, port)];
  const address = addressOf(name);
  return address === undefined
    ? faultOf(text, 'invalid-host')
    : [part(address.kind, address.value, 'destination', port)];
}

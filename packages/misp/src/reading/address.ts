import { type CidrValue, canonicalCidr, canonicalIp, type Direction } from '@misp-pipeline/core';
import { refangHost } from '../refang.ts';
import { faultOf, type Part, part, type Reader } from './reading.ts';

/** An address or a network, also defanged, in quotes or in brackets. */
export function addressOf(text: string): CidrValue | undefined {
  const plain = canonicalIp(text);
  if (plain !== undefined) return plain;
  const clean = refangHost(text).replace(/^\[(.*)\]$/, '$1');
  return canonicalIp(clean) ?? canonicalCidr(clean);
}

/** Reads an address or a network, with its port when one is written behind it (`192.0.2.1:80`, `[2001:db8::1]:80`). */
export function addressReader(direction: Direction): Reader {
  return (text) => {
    const address = addressOf(text);
    if (address !== undefined) return [part(address.kind, address.value, direction)];
    const endpoint = splitColon(refangHost(text));
    const ported = endpoint && addressWithPort(endpoint[0], endpoint[1], direction);
    return ported === undefined ? faultOf(text, 'invalid-ip') : [ported];
  };
}

function addressWithPort(text: string, port: string, direction: Direction): Part | undefined {
  const address = addressOf(text);
  const number = portOf(port);
  if (address === undefined || number === undefined) return undefined;
  return part(address.kind, address.value, direction, number);
}

const COLON = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/;

/** Splits `host:port` or `[IPv6]:port`. */
export function splitColon(text: string): readonly [string, string] | undefined {
  const match = COLON.exec(text);
  return match === null ? undefined : [match[1] ?? match[2] ?? '', match[3] ?? ''];
}

/** A port from 1 to 65535. */
export function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

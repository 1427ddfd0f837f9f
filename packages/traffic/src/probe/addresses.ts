import { canonicalCidr, canonicalIp, type Direction, type Indicator } from '@misp-pipeline/core';
import type { Side } from '../conversation.ts';
import { addressNumber, addressText, familyOf } from '../packet/address.ts';
import { type Endpoint, exchange, onePacket } from '../scene/ip.ts';
import type { Probes } from './probe.ts';
import { nextPort } from './variants.ts';

/** Addresses and networks: any traffic with them, as far as direction and port allow. */
export function probeAddress(indicator: Indicator, probes: Probes): void {
  const { direction, port } = indicator;
  const range = rangeOf(indicator);
  if (range === undefined) return;
  for (const address of range.inside) {
    for (const opener of openersOf(direction)) {
      probes.hit('plain', exchange({ address, port }, 'tcp', opener));
      probes.hit('transport', exchange({ address, port }, 'udp', opener), exchange({ address, port }, 'syn', opener));
      if (port === undefined) probes.hit('transport', exchange({ address }, 'icmp', opener));
    }
  }
  for (const address of range.outside) {
    if (!probes.listed.isFreeAddress(address)) continue;
    for (const opener of openersOf(direction)) probes.miss('other', exchange({ address, port }, 'tcp', opener));
  }
  const [address] = range.inside;
  if (address !== undefined && probes.listed.isFreeAddress(address, indicator)) {
    probeOtherUse({ address, port }, direction, probes);
  }
}

/** The same address on another port and in the other direction. */
function probeOtherUse(endpoint: Endpoint, direction: Direction | undefined, probes: Probes): void {
  const { address, port } = endpoint;
  if (port !== undefined) {
    const other = { address, port: nextPort(port) };
    for (const opener of openersOf(direction)) {
      probes.miss('port', exchange(other, 'tcp', opener), exchange(other, 'udp', opener));
    }
  }
  if (direction !== undefined) {
    const sender = direction === 'source' ? 'client' : 'peer';
    probes.miss('direction', onePacket(endpoint, 'udp', sender), onePacket(endpoint, 'syn', sender));
  }
}

/** Who connects: a source connects to the client, a destination is connected to. */
function openersOf(direction: Direction | undefined): readonly Side[] {
  if (direction === undefined) return ['client', 'peer'];
  return direction === 'source' ? ['peer'] : ['client'];
}

interface Range {
  /** The first and the last address, and one between them. */
  readonly inside: readonly string[];
  /** The neighbours on both sides. */
  readonly outside: readonly string[];
}

function rangeOf({ kind, value }: Indicator): Range | undefined {
  const canonical = kind === 'cidr' ? canonicalCidr(value) : canonicalIp(value);
  if (canonical?.kind !== kind || canonical.value !== value) return undefined;
  const family = familyOf(value);
  const [address = value, bits] = value.split('/');
  const first = addressNumber(address);
  const free = (family === 4 ? 32 : 128) - Number(bits ?? (family === 4 ? 32 : 128));
  const last = first + (1n << BigInt(free)) - 1n;
  const text = (number: bigint) => addressText(number, family) ?? [];
  return {
    inside: [...new Set([first, (first + last) / 2n, last])].flatMap(text),
    outside: [first - 1n, last + 1n].flatMap(text),
  };
}

import { hash } from 'node:crypto';
import type { KnownIndicator, KnownOrigin, Query } from '../../packages/lookup/src/known.ts';

/** One in so many indicators is a network of the lengths below. */
const NETWORKS = 1000;
const LENGTHS = [16, 20, 22, 24, 28];

/** Indicators of an index: two fifths domains, one fifth each of addresses, URLs and hashes, a few networks. */
export function* indicators(count: number): Generator<KnownIndicator> {
  for (let i = 0; i < count; i++) {
    const { kind, value } = valueAt(i);
    const direction = kind === 'ipv4' ? 'destination' : undefined;
    yield { kind, value, direction, port: undefined, origins: [originAt(i, kind)], artefacts: artefactsAt(i) };
  }
}

/** A question: by turns a host below a known domain, a known value, an address, and a host that nobody knows. */
export function askedAt(at: number, count: number): Query[] {
  const i = Math.imul(at, 2_654_435_761) >>> 0;
  switch (at % 4) {
    case 0:
      return [{ kind: 'hostname', value: `www.mail.${valueAt((i % count) - ((i % count) % 5)).value}` }];
    case 1:
      return [valueAt(i % count)];
    case 2:
      return [{ kind: 'ipv4', value: address(i) }];
    default:
      return [{ kind: 'hostname', value: `cdn.${i.toString(36)}.invalid` }];
  }
}

function valueAt(i: number): Query {
  if (i % NETWORKS === NETWORKS - 1) return { kind: 'cidr', value: networkAt(i) };
  switch (i % 5) {
    case 2:
      return { kind: 'ipv4', value: address(Math.imul(i, 40_503)) };
    case 3:
      return { kind: 'url', value: `http://host${i.toString(36)}.example/path/${hash('md5', String(i)).slice(0, 20)}` };
    case 4:
      return { kind: 'sha256', value: hash('sha256', String(i)) };
    default:
      return { kind: 'domain', value: `host${i.toString(36)}.example` };
  }
}

function address(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}

/** A network of one of the lengths, with its host bits cleared. */
function networkAt(i: number): string {
  const length = LENGTHS[Math.floor(i / NETWORKS) % LENGTHS.length] ?? 24;
  return `${address(Math.imul(i, 2_246_822_519) & (-1 << (32 - length)))}/${length}`;
}

function originAt(i: number, type: string): KnownOrigin {
  const event = Math.floor(i / 800);
  const id = hash('md5', `attribute ${i}`);
  return {
    source: 'cert',
    event: {
      uuid: `${hash('md5', String(event)).slice(0, 8)}-0000-4000-8000-000000000000`,
      title: `Indicators of the campaign number ${event} against the energy sector`,
      ...{ date: '2026-11-20', org: 'Bench CERT' },
    },
    attribute: `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-8${id.slice(17, 20)}-${id.slice(20)}`,
    ...{ type, category: 'Network activity', comment: i % 3 === 0 ? 'seen in a phishing mail' : '' },
    ...{ tlp: 'amber', tags: ['tlp:amber', 'type:OSINT'], techniques: ['T1566.001'], severity: 'high', confidence: 80 },
    ...{ firstSeen: 1_763_000_000 + i, lastSeen: 1_763_900_000 + i, updated: 1_763_900_000 + i },
    ...{ stopped: undefined, stoppedFor: {} },
  };
}

function artefactsAt(i: number): KnownIndicator['artefacts'] {
  return [{ exporter: 'suricata', file: 'datasets/domains.lst', id: `sid ${9_000_000 + (i % 4)}` }];
}

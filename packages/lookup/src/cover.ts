import { canonicalCidr, canonicalIp, type IndicatorKind, splitUrl } from '@misp-pipeline/core';
import type { Query, Relation } from './known.ts';

/** Lengths of the prefixes of the networks in an index, longest first. */
export interface PrefixLengths {
  readonly ipv4: readonly number[];
  readonly ipv6: readonly number[];
}

/** For a text that has to be looked up: the kinds that count, and how each covers what was asked for. */
export type Cover = ReadonlyMap<string, ReadonlyMap<IndicatorKind, Relation>>;

/** Names that DNS can hold. */
const LONGEST_HOST = 253;

/**
 * Everything that may cover one value, closest first: as many texts as it has readings, labels and prefix lengths, however
 * large the index is.
 */
export function coverOf(readings: readonly Query[], lengths: PrefixLengths): Cover {
  const cover = new Map<string, Map<IndicatorKind, Relation>>();
  const add = (value: string, kind: IndicatorKind, relation: Relation) => {
    const kinds = cover.get(value) ?? new Map<IndicatorKind, Relation>();
    cover.set(value, kinds);
    if (!kinds.has(kind)) kinds.set(kind, relation);
  };
  for (const { kind, value } of readings) add(value, kind, 'exact');
  for (const reading of readings) {
    for (const { kind, value } of hostsOf(reading)) {
      if (kind !== reading.kind) add(value, kind, 'host');
      if (kind === 'ipv4' || kind === 'ipv6' || kind === 'cidr') {
        for (const network of networksAround(value, lengths)) add(network, 'cidr', 'inside-range');
      } else {
        for (const parent of parentsOf(value)) add(parent, 'domain', 'parent-domain');
      }
    }
  }
  return cover;
}

/** What there is of hosts in a reading: the address, network or name itself, or the host of a URL. */
function hostsOf({ kind, value }: Query): readonly Query[] {
  switch (kind) {
    case 'ipv4':
    case 'ipv6':
    case 'cidr':
    case 'domain':
      return [{ kind, value }];
    case 'hostname':
      return bothKinds(value);
    case 'url': {
      const { host } = splitUrl(value);
      const address = canonicalIp(host);
      return address === undefined ? bothKinds(host) : [address];
    }
    default:
      return [];
  }
}

function bothKinds(host: string): readonly Query[] {
  return [
    { kind: 'hostname', value: host },
    { kind: 'domain', value: host },
  ];
}

/** The domains above a name, nearest first, without the top-level one. */
function parentsOf(host: string): string[] {
  const parents: string[] = [];
  if (host.length > LONGEST_HOST) return parents;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    const parent = host.slice(dot + 1);
    if (parent.includes('.')) parents.push(parent);
  }
  return parents;
}

/** The networks of the index's prefix lengths that hold an address, or are larger than a network, smallest first. */
function networksAround(value: string, lengths: PrefixLengths): string[] {
  const slash = value.indexOf('/');
  const address = slash < 0 ? value : value.slice(0, slash);
  const longest = slash < 0 ? Number.POSITIVE_INFINITY : Number(value.slice(slash + 1)) - 1;
  const usable = (address.includes(':') ? lengths.ipv6 : lengths.ipv4).filter((length) => length <= longest);
  return usable.flatMap((length) => canonicalCidr(`${address}/${length}`)?.value ?? []);
}

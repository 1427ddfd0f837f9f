import type { Indicator } from '@misp-pipeline/core';
import { append } from '../append.ts';

/** Addresses of one kind, direction and port that share a rule. */
export interface AddressList {
  /** Identity of the rule: `misp-ipv4-destination-port-443-7-of-16`. */
  readonly name: string;
  readonly first: Indicator;
  readonly members: readonly Indicator[];
}

/**
 * Distributes addresses over lists by a hash of the value, so that a new address changes one rule and leaves all others
 * alone. The order within a list is that of `addresses`.
 */
export function addressLists(addresses: readonly Indicator[]): AddressList[] {
  const groups = new Map<string, Indicator[]>();
  for (const indicator of addresses) append(groups, groupName(indicator), indicator);
  return [...groups].flatMap(([name, group]) => distribute(name, group));
}

function groupName({ kind, direction, port }: Indicator): string {
  return `misp-${kind}-${direction ?? 'both'}${port === undefined ? '' : `-port-${port}`}`;
}

/** Addresses in a rule, which has to fit in 8,191 bytes: 400 of up to 16 characters, or 150 of up to 44. */
function mostInList({ kind }: Indicator): number {
  return kind === 'ipv4' ? 400 : 150;
}

function distribute(name: string, group: readonly Indicator[]): AddressList[] {
  const most = group[0] === undefined ? 1 : mostInList(group[0]);
  // Half full on average, so that chance does not fill a list; a power of two, so that the number seldom changes.
  const count = 2 ** Math.ceil(Math.log2(Math.max(1, group.length / (most / 2))));
  const buckets: Indicator[][] = Array.from({ length: count }, () => []);
  for (const indicator of group) buckets[hash(indicator.value) % count]?.push(indicator);
  return buckets.flatMap((bucket, i) => parts(`${name}-${i + 1}-of-${count}`, bucket, most));
}

/** The bucket itself, or pieces of it should it be too full after all. */
function parts(name: string, bucket: readonly Indicator[], most: number): AddressList[] {
  const lists: AddressList[] = [];
  for (let start = 0; start < bucket.length; start += most) {
    const members = bucket.slice(start, start + most);
    const [first] = members;
    if (first !== undefined) lists.push({ name: start === 0 ? name : `${name}-from-${start}`, first, members });
  }
  return lists;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

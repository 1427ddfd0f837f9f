import { formatIpv4, formatIpv6, parseIpv4, parseIpv6 } from '@misp-pipeline/core';

/** A network, or an address as the network of that one address. Host bits are cleared. */
export interface Network {
  /** The first address: one 32-bit word for IPv4, four for IPv6. */
  readonly words: readonly number[];
  /** Length of the prefix, up to 32 or 128. */
  readonly bits: number;
}

/** `address` or `address/bits` in any spelling, or undefined. An IPv4-mapped IPv6 network is the IPv4 one it maps. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const words = parseAddress(address);
  if (words === undefined) return undefined;
  const width = words.length * 32;
  const mask = text.slice(slash + 1);
  if (slash >= 0 && !/^\d{1,3}$/.test(mask)) return undefined;
  const bits = slash < 0 ? width : Number(mask);
  if (bits > width) return undefined;
  if (bits >= 96 && words[0] === 0 && words[1] === 0 && words[2] === 0xffff) {
    return { words: clearHostBits(words.slice(3), bits - 96), bits: bits - 96 };
  }
  return { words: bits === width ? words : clearHostBits(words, bits), bits };
}

function parseAddress(text: string): number[] | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 >= 0) return [ipv4];
  const groups = text.includes(':') ? parseIpv6(text) : undefined;
  if (groups === undefined) return undefined;
  const words: number[] = [];
  for (let i = 0; i < 8; i += 2) words.push((groups[i] ?? 0) * 65536 + (groups[i + 1] ?? 0));
  return words;
}

function clearHostBits(words: readonly number[], bits: number): number[] {
  return words.map((word, i) => (word & wordMask(bits - i * 32)) >>> 0);
}

/** Mask of the first `bits` of a 32-bit word; all or none when `bits` lies beyond the word. */
export function wordMask(bits: number): number {
  if (bits >= 32) return 0xffffffff;
  return bits <= 0 ? 0 : (-1 << (32 - bits)) >>> 0;
}

/** Canonical text: without a mask for a single address. */
export function formatNetwork({ words, bits }: Network): string {
  const address = words.length === 1 ? formatIpv4(words[0] ?? 0) : formatIpv6(words.flatMap(groupsOf));
  return bits === words.length * 32 ? address : `${address}/${bits}`;
}

function groupsOf(word: number): number[] {
  return [word >>> 16, word & 0xffff];
}

/** Eight groups of 16 bits. */
export type Ipv6Groups = readonly number[];

/** IPv4 address as an unsigned 32-bit number, or -1. Octets with leading zeros are refused: they are ambiguous. */
export function parseIpv4(text: string): number {
  let value = 0;
  let octet = -1;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (digits === 0 || ++dots > 3) return -1;
      value = value * 256 + octet;
      octet = -1;
      digits = 0;
    } else if (code >= 48 && code <= 57) {
      if (octet === 0) return -1;
      octet = octet < 0 ? code - 48 : octet * 10 + code - 48;
      if (++digits > 3 || octet > 255) return -1;
    } else return -1;
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : -1;
}

/**
 * IPv4 address in any spelling that browsers take in a URL, or -1: one to four numbers, each decimal, octal (`017`) or
 * hexadecimal (`0x1f`), the last of which fills what is left of the 32 bits.
 */
export function parseUrlIpv4(text: string): number {
  const parts = text.split('.');
  if (parts.length > 4) return -1;
  let value = 0;
  for (const [i, part] of parts.entries()) {
    const number = parseUrlNumber(part);
    const room = i === parts.length - 1 ? 256 ** (4 - i) : 256;
    if (!(number < room)) return -1;
    value = value * room + number;
  }
  return value;
}

function parseUrlNumber(text: string): number {
  if (/^0x[0-9a-f]+$/i.test(text)) return Number.parseInt(text, 16);
  if (/^0[0-7]*$/.test(text)) return Number.parseInt(text, 8);
  return /^[1-9][0-9]*$/.test(text) ? Number(text) : Number.NaN;
}

export function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** Groups of an IPv6 address in any spelling (also with a dotted tail), or undefined. Zone ids are refused. */
export function parseIpv6(text: string): Ipv6Groups | undefined {
  if (text.length > 45) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] as string, halves.length === 1);
  if (halves.length === 1) return head?.length === 8 ? head : undefined;
  const tail = parseGroups(halves[1] as string, true);
  if (head === undefined || tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function parseGroups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as string;
    if (part.includes('.')) {
      const address = mayEndInIpv4 && i === parts.length - 1 ? parseIpv4(part) : -1;
      if (address < 0) return undefined;
      groups.push(address >>> 16, address & 0xffff);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
      groups.push(Number.parseInt(part, 16));
    }
  }
  return groups;
}

/** The spelling of RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`. */
export function formatIpv6(groups: Ipv6Groups): string {
  let bestStart = -1;
  let bestLength = 1;
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (end < 8 && groups[end] === 0) end++;
    if (end - start > bestLength) {
      bestStart = start;
      bestLength = end - start;
    }
    if (end > start) start = end;
  }
  const hex = groups.map((group) => group.toString(16));
  if (bestStart < 0) return hex.join(':');
  return `${hex.slice(0, bestStart).join(':')}::${hex.slice(bestStart + bestLength).join(':')}`;
}

export interface IpValue {
  readonly kind: 'ipv4' | 'ipv6';
  readonly value: string;
}

/** Canonical form of an address, or undefined. An IPv4-mapped IPv6 address is the IPv4 address it maps. */
export function canonicalIp(text: string): IpValue | undefined {
  if (parseIpv4(text) >= 0) return { kind: 'ipv4', value: text };
  if (!text.includes(':')) return undefined;
  const groups = parseIpv6(text);
  if (groups === undefined) return undefined;
  const mapped = mappedIpv4(groups);
  if (mapped >= 0) return { kind: 'ipv4', value: formatIpv4(mapped) };
  return { kind: 'ipv6', value: formatIpv6(groups) };
}

function mappedIpv4(groups: Ipv6Groups): number {
  for (let i = 0; i < 5; i++) if (groups[i] !== 0) return -1;
  if (groups[5] !== 0xffff) return -1;
  return ((groups[6] as number) * 65536 + (groups[7] as number)) >>> 0;
}

export interface CidrValue {
  readonly kind: 'ipv4' | 'ipv6' | 'cidr';
  readonly value: string;
}

/**
 * Canonical form of `address/bits`, or undefined. Host bits are cleared; a network of one address becomes that address;
 * a network of IPv4-mapped addresses is the IPv4 network.
 */
export function canonicalCidr(text: string): CidrValue | undefined {
  const slash = text.indexOf('/');
  if (slash < 0 || !/^\/\d{1,3}$/.test(text.slice(slash))) return undefined;
  const bits = Number(text.slice(slash + 1));
  const address = text.slice(0, slash);
  const ipv4 = parseIpv4(address);
  if (ipv4 >= 0) return canonicalIpv4Network(ipv4, bits);
  const groups = parseIpv6(address);
  if (groups === undefined || bits > 128) return undefined;
  const mapped = mappedIpv4(groups);
  if (mapped >= 0 && bits >= 96) return canonicalIpv4Network(mapped, bits - 96);
  const network = groups.map((group, i) => group & groupMask(bits - i * 16));
  return bits === 128
    ? { kind: 'ipv6', value: formatIpv6(network) }
    : { kind: 'cidr', value: `${formatIpv6(network)}/${bits}` };
}

function canonicalIpv4Network(address: number, bits: number): CidrValue | undefined {
  if (bits > 32) return undefined;
  if (bits === 32) return { kind: 'ipv4', value: formatIpv4(address) };
  const network = bits === 0 ? 0 : (address & (-1 << (32 - bits))) >>> 0;
  return { kind: 'cidr', value: `${formatIpv4(network)}/${bits}` };
}

function groupMask(bits: number): number {
  if (bits >= 16) return 0xffff;
  if (bits <= 0) return 0;
  return (0xffff << (16 - bits)) & 0xffff;
}

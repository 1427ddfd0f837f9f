import { canonicalCidr, formatIpv4, formatIpv6, type Indicator, parseIpv4, parseIpv6 } from '@misp-pipeline/core';
import { sysmonIpv6 } from '../subject/address.ts';

/** What a field must fire on, and what it must not. */
export interface Texts {
  readonly hits: readonly string[];
  readonly misses: readonly string[];
}

/** A value that is compared whole. */
export function whole(value: string): Texts {
  return { hits: [value], misses: [`${value}x`, `x${value}`, changed(value)] };
}

/** The same text with another last letter or digit. */
export function changed(value: string): string {
  return value.replace(/[\p{L}\p{Nd}](?=[^\p{L}\p{Nd}]*$)/u, (last) =>
    /\p{Nd}/u.test(last) ? otherDigit(last) : otherLetter(last),
  );
}

function otherDigit(digit: string): string {
  return digit === '0' ? '1' : '0';
}

function otherLetter(letter: string): string {
  return letter.toLowerCase() === 'b' ? 'c' : 'b';
}

export function hostTexts({ kind, value }: Indicator): Texts {
  const lookAlikes = [
    `not${value}`,
    `${value}.invalid`,
    value.slice(0, -1),
    `${changed(value.split('.')[0] ?? '')}${value.slice(value.indexOf('.'))}`,
  ];
  if (kind === 'hostname') return { hits: [value], misses: [`sub.${value}`, ...lookAlikes] };
  return { hits: [value, `www.${value}`, `a.b.${value}`, value.toUpperCase()], misses: lookAlikes };
}

/** Addresses as the logs of a platform hold them. */
export function addressTexts({ kind, value }: Indicator, product?: string): Texts {
  if (kind === 'cidr') return networkTexts(value);
  const hits = product === 'windows' ? [...new Set([value, sysmonIpv6(value)])] : [value];
  return { hits, misses: neighbours(value, value) };
}

function networkTexts(network: string): Texts {
  const [base = '', length = ''] = (canonicalCidr(network)?.value ?? network).split('/');
  const last = lastAddress(base, Number(length));
  return { hits: [base, last], misses: neighbours(base, last) };
}

/** The address in front of the first and the one behind the last, where there are any. */
function neighbours(first: string, last: string): string[] {
  return [shifted(first, -1n), shifted(last, 1n)].filter((address) => address !== undefined);
}

function shifted(address: string, by: bigint): string | undefined {
  const [number, bits] = numberOf(address);
  const moved = number + by;
  return moved < 0n || moved >> BigInt(bits) !== 0n ? undefined : textOf(moved, bits);
}

function lastAddress(base: string, length: number): string {
  const [number, bits] = numberOf(base);
  return textOf(number | ((1n << BigInt(bits - length)) - 1n), bits);
}

function numberOf(address: string): readonly [bigint, number] {
  if (!address.includes(':')) return [BigInt(parseIpv4(address)), 32];
  return [(parseIpv6(address) ?? []).reduce((sum, group) => (sum << 16n) | BigInt(group), 0n), 128];
}

function textOf(number: bigint, bits: number): string {
  if (bits === 32) return formatIpv4(Number(number));
  return formatIpv6(Array.from({ length: 8 }, (_, i) => Number((number >> BigInt(16 * (7 - i))) & 0xffffn)));
}

export function cookieTexts({ value }: Indicator): Texts {
  return {
    hits: [value, `${value}; lang=en`, `lang=en; ${value}`, `lang=en; ${value}; theme=dark`],
    misses: [`${value}x`, `x${value}`, `lang=en; x${value}; theme=dark`, changed(value)],
  };
}

export function uriTexts({ value }: Indicator): Texts {
  const site = 'http://probe.invalid';
  return { hits: [site + value], misses: [`${site}${value}x`, site + changed(value), `${site}/`] };
}

/** Sysmon writes all hashes of a file into one field. */
export function hashTexts({ kind, value }: Indicator): Texts {
  const name = kind.toUpperCase();
  const digits = value.toUpperCase();
  const other = name === 'IMPHASH' ? 'MD5' : 'IMPHASH';
  return {
    hits: [`${name}=${digits}`, `A=00,${name}=${digits},B=11`],
    misses: [`${name}=${changed(digits)}`, `A=00,${other}=${digits}`, `${name}=${digits.slice(0, -1)}`],
  };
}

/** Paths of files as the logs of a platform hold them. */
export function pathTexts(value: string, product: string | undefined): Texts {
  const onLinux = product === 'linux';
  const folder = onLinux ? '/home/probe/' : 'C:\\Users\\probe\\';
  const rest = value.replace(/^(?:~\/|%[^%\\/]+%[\\/]+)/, '');
  const isWhole = onLinux ? rest.startsWith('/') : /^(?:[A-Za-z]:|\\\\)/.test(rest);
  const native = /^[A-Za-z]:/.test(rest) && !onLinux ? rest.replaceAll('/', '\\') : rest;
  const path = isWhole ? native : folder + native.replace(/^\\+/, '');
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return {
    hits: [path],
    misses: [`${path}x`, `${path.slice(0, cut)}x${path.slice(cut)}`, `${path}${onLinux ? '/' : '\\'}x`, changed(path)],
  };
}

/** Sysmon writes the hive of a user as `HKU\` and the user's SID. */
export function registryTexts(key: string): Texts {
  const isOfUser = /^HKCU\\/i.test(key);
  const path = isOfUser ? `HKU\\S-1-5-21-1-2-3-1001${key.slice('HKCU'.length)}` : key;
  const otherHive = isOfUser ? `HKLM${key.slice('HKCU'.length)}` : `HKU\\S-1-5-18${path.slice(path.indexOf('\\'))}`;
  return { hits: [path], misses: [`${path}x`, `${path}\\below`, otherHive, changed(path)] };
}

export function pipeTexts({ value }: Indicator): Texts {
  const name = value.replace(/^\\+(?:\.\\+)?(?:pipe\\+)?/i, '');
  return { hits: [`\\${name}`], misses: [`\\${name}x`, `\\x${name}`, `\\${changed(name)}`] };
}

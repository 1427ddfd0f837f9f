import { pcreText } from '@misp-pipeline/ids-rules';

/** Any name with a dot behind it, or nothing. Blanks and slashes stand in no name. */
const SUBDOMAINS = String.raw`([^\x00-\x20\x2f]+\.)?`;

/** The value of a Host header: in any case, with a dot behind the name, and with a port where clients send one. */
export function hostPattern(host: string, below: boolean, port: number | undefined): string {
  const sentPort = port === undefined ? String.raw`(\x3a\d{1,5})?` : String.raw`\x3a${port}`;
  return String.raw`${below ? SUBDOMAINS : ''}${pcreText(host)}\.?${sentPort}`;
}

/**
 * A name in the server_name extension of a ClientHello: type 0, extension length, list length, name type 0, name length
 * (RFC 6066). Behind the name comes the type of the next extension. Its first byte may be a letter, but only in types
 * that are listed here (GREASE and ALPS), so whatever else could continue a name means a longer name.
 */
export function serverNamePattern(host: string, below: boolean): string {
  const start = String.raw`\x00\x00\x00.\x00.\x00\x00.`;
  const subdomains = below ? String.raw`([a-z0-9_.-]{1,245}\.)?` : '';
  const end = String.raw`(?=[\x00-\x2c\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\xff]|(?-i:JJ|ZZ|jj|zz|D\xcd|Di)|$)`;
  return `${start}${subdomains}${pcreText(host)}${end}`;
}

/** An address in the given header lines or commands (alternatives of a regular expression), whole. */
export function mailAddressPattern(address: string, lines: string): string {
  const alone = String.raw`(?<![a-z0-9._%+-])${pcreText(address)}(?![a-z0-9-]|\.[a-z0-9])`;
  return String.raw`^(${lines})\s*\x3a[^\r\n]*${alone}`;
}

/** A header with the whole of its value, on one line and not encoded. */
export function mailHeaderPattern(name: string, value: string): string {
  return String.raw`^${name}\x3a\s*${pcreText(value)}\s*$`;
}

/** The whole id of a mail, which stands in angle brackets by rule. */
export function mailIdPattern(id: string): string {
  return String.raw`^Message-ID\x3a\s*<?${pcreText(id)}>?\s*$`;
}

/** Whole pairs of a Cookie header, or, where no name is given, the whole value of a pair. */
export function cookiePattern(cookie: string): string {
  const before = cookie.includes('=') ? String.raw`[\x3b,\s]` : String.raw`[\x3b,\s=]`;
  return String.raw`(^|${before})${pcreText(cookie)}($|[\x3b,\s])`;
}

/** The whole name of an attachment, quoted or not. */
export function mailAttachmentPattern(name: string): string {
  return String.raw`name\s*=\s*\x22?${pcreText(name)}\x22?\s*($|\x3b|\r)`;
}

import { canonicalCidr, canonicalIp } from '@misp-pipeline/core';
import type { ParsedRule } from './parse-rule.ts';

/** Protocols that every sensor knows and none has switched off. */
const PROTOCOLS = new Set('tcp udp icmp ip tcp-pkt tcp-stream http dns tls ssh smtp ftp ftp-data smb'.split(' '));

/** Variables of the packaged suricata.yaml that sites keep. An unknown one has the engine refuse the rule. */
export const ADDRESS_VARIABLES = [
  'HOME_NET',
  'EXTERNAL_NET',
  'HTTP_SERVERS',
  'SMTP_SERVERS',
  'SQL_SERVERS',
  'DNS_SERVERS',
  'TELNET_SERVERS',
] as const;
export const PORT_VARIABLES = ['HTTP_PORTS', 'SHELLCODE_PORTS', 'SSH_PORTS', 'FILE_DATA_PORTS', 'FTP_PORTS'] as const;

const addressVariables = new Set(ADDRESS_VARIABLES.map((name) => `$${name}`));
const portVariables = new Set(PORT_VARIABLES.map((name) => `$${name}`));

/** What keeps a header from being taken, if anything does. */
export function headerFault(rule: ParsedRule): string | undefined {
  if (rule.action !== 'alert') return 'refused:action';
  if (!PROTOCOLS.has(rule.protocol)) return 'refused:protocol';
  if (![rule.source, rule.destination].every((text) => isList(text, isAddress))) return 'refused:address';
  if (![rule.sourcePort, rule.destinationPort].every((text) => isList(text, isPort))) return 'refused:port';
  return undefined;
}

function leavesOf(list: string): string[] {
  return list.split(/[[\],!]+/).filter((leaf) => leaf !== '');
}

/** An item, `!item`, or a list of such in brackets. */
function isList(text: string, isItem: (text: string) => boolean): boolean {
  return isListShape(text) && leavesOf(text).every(isItem);
}

/** Folds the innermost lists until one item is left. */
function isListShape(text: string): boolean {
  let shape = text.replace(/[^[\],!]+/g, 'x');
  for (let folded = ''; folded !== shape; ) {
    folded = shape;
    shape = folded.replace(/\[!?x(?:,!?x)*\]/g, 'x');
  }
  return shape === 'x' || shape === '!x';
}

function isAddress(text: string): boolean {
  return text === 'any' || addressVariables.has(text) || isLiteral(text);
}

function isLiteral(text: string): boolean {
  return canonicalIp(text)?.value === text || canonicalCidr(text) !== undefined;
}

function isPort(text: string): boolean {
  if (text === 'any' || portVariables.has(text)) return true;
  const [, from = '', to = from] = /^(\d{1,5})(?::(\d{0,5}))?$/.exec(text) ?? [];
  return from !== '' && Number(from) <= 65_535 && Number(to === '' ? 65_535 : to) <= 65_535;
}

import { canonicalCidr, canonicalIp } from '@misp-pipeline/core';
import type { SnortVersion } from '../options.ts';
import { PROTOCOLS } from './dialect.ts';
import type { ForeignRule } from './rule.ts';

/** Services that Snort 3 knows; a rule for any other loads and never fires. */
const SERVICES: ReadonlySet<string> = new Set(
  'dns file ftp http imap netbios-ssn pop3 sip smtp ssh ssl telnet'.split(' '),
);

/** Variables that the stock configurations of both Snorts set; an unknown one keeps Snort from starting. */
const NETWORKS = /^\$(?:HOME_NET|EXTERNAL_NET|(?:DNS|FTP|HTTP|SIP|SMTP|SQL|SSH|TELNET)_SERVERS)$/;
const PORTS = /^\$(?:HTTP|ORACLE|SSH|FTP|SIP|FILE_DATA)_PORTS$/;

const MAX_PORT = 65_535;

/** What of a header a stock Snort of the version would not take; undefined when it takes all. */
export function headerFault({ protocol, ends }: ForeignRule, version: SnortVersion): string | undefined {
  if (!PROTOCOLS.has(protocol) && !(version === 3 && SERVICES.has(protocol))) return 'refused:protocol';
  if (ends.length === 0) return undefined;
  const [from = '', fromPort = '', direction = '', to = '', toPort = ''] = ends;
  if (direction !== '->' && direction !== '<>') return 'refused:syntax';
  if (![from, to].every(isAddress)) return 'refused:address';
  return [fromPort, toPort].every(isPort) ? undefined : 'refused:port';
}

function isAddress(text: string): boolean {
  return isEach(
    text,
    (one) => NETWORKS.test(one) || canonicalIp(one) !== undefined || canonicalCidr(one) !== undefined,
  );
}

function isPort(text: string): boolean {
  return isEach(text, (one) => PORTS.test(one) || isPortRange(one));
}

function isPortRange(text: string): boolean {
  const [, low = '', colon = '', high = ''] = /^(\d{0,5})(:?)(\d{0,5})$/.exec(text) ?? [];
  if (low === '' && (colon === '' || high === '')) return false;
  return Number(low) <= (high === '' ? MAX_PORT : Number(high)) && Number(high) <= MAX_PORT;
}

/** `any`, or one or a list in brackets, each of them or the whole negated or not. */
function isEach(text: string, isOne: (text: string) => boolean): boolean {
  if (text === 'any') return true;
  const bare = text.replace(/^!/, '');
  const list = /^\[([^[\]]+)\]$/
    .exec(bare)?.[1]
    ?.split(',')
    .map((one) => one.replace(/^!/, '')) ?? [bare];
  return list.every(isOne);
}

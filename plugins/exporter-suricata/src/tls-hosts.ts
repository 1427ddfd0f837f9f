import type { Indicator } from '@misp-pipeline/core';
import { contentText } from '@misp-pipeline/ids-rules';
import { datasetMatch, stringLine } from './dataset.ts';
import { ListFile } from './list-file.ts';
import { framed, listFrame, ONCE_AN_HOUR, OUTGOING, ruleFrame } from './rule-text.ts';
import { inLists, type Ruleset, ruleFileOf } from './ruleset.ts';
import type { Url } from './urls.ts';

/** What is known of a host from `https` URLs. */
interface TlsHost {
  readonly name: string;
  readonly urls: Indicator[];
  /** Ports of the URLs; 0 stands for a URL without one. */
  readonly ports: Set<number>;
}

const SEEN = 'misp_match host-only';
const SIGHTS = [
  { protocol: 'tls', buffer: 'flow:established,to_server; tls.sni;' },
  { protocol: 'quic', buffer: 'quic.sni;' },
] as const;

/** URLs of which the engine sees the host only: one rule a host, however many URLs lie there. */
export function writeTlsHosts(urls: readonly Url[], ruleset: Ruleset): void {
  const hosts = hostsOf(urls);
  const asLists = inLists(ruleset, hosts.length);
  const listed: TlsHost[] = [];
  for (const host of hosts) {
    if (isAddress(host.name)) writeAddressRule(host, ruleset);
    else if (asLists && host.ports.has(0)) listed.push(host);
    else writeNameRules(host, ruleset);
  }
  if (listed.length > 0) writeNameList(listed, ruleset);
}

function hostsOf(urls: readonly Url[]): TlsHost[] {
  const hosts = new Map<string, TlsHost>();
  for (const { indicator, parts } of urls) {
    let host = hosts.get(parts.host);
    if (host === undefined) {
      host = { name: parts.host, urls: [], ports: new Set() };
      hosts.set(parts.host, host);
    }
    host.urls.push(indicator);
    host.ports.add(parts.port ?? 0);
  }
  return [...hosts.values()];
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host);
}

function portList(ports: Iterable<number>): string {
  return `[${[...ports].sort((a, b) => a - b).join(',')}]`;
}

function writeNameRules({ name, urls, ports }: TlsHost, ruleset: Ruleset): void {
  const [first] = urls;
  if (first === undefined) return;
  const frame = ruleFrame(first, 'url', OUTGOING, [SEEN, `misp_urls ${urls.length}`]);
  const port = ports.has(0) ? 'any' : portList(ports);
  for (const { protocol, buffer } of SIGHTS) {
    const form = {
      header: `alert ${protocol} any any -> any ${port}`,
      options: framed(frame, `${buffer} content:"${contentText(name)}"; nocase; startswith; endswith;`),
    };
    ruleFileOf(protocol, ruleset).addEither(`https:${name} ${protocol}`, [form], urls);
  }
}

/** Clients send no server name for an address, so what shows is TLS to the address and port; else as above. */
function writeAddressRule({ name, urls, ports }: TlsHost, { rules }: Ruleset): void {
  const [first] = urls;
  if (first === undefined) return;
  const port = portList(new Set([...ports].map((port) => port || 443)));
  const frame = ruleFrame(first, 'url', OUTGOING, [SEEN, `misp_urls ${urls.length}`]);
  const form = {
    header: `alert tls any any -> ${name} ${port}`,
    options: framed(frame, `flow:established,to_server; ${ONCE_AN_HOUR}`),
  };
  rules.addEither(`https:${name} tls`, [form], urls);
}

function writeNameList(hosts: readonly TlsHost[], ruleset: Ruleset): void {
  const name = 'misp-url-https';
  const frame = listFrame(`url in list ${name}`, OUTGOING, ['misp_kind url', SEEN]);
  const sids = SIGHTS.map(({ protocol, buffer }) => {
    const match = `${buffer} to_lowercase; ${datasetMatch(name, 'string', hosts.length)}`;
    const header = `alert ${protocol} any any -> any any`;
    return ruleFileOf(protocol, ruleset).add({ key: `${name} ${protocol}`, header, options: framed(frame, match) });
  });
  const list = new ListFile(ruleset.output, name, sids);
  for (const host of hosts) list.add(stringLine(host.name), host.urls);
}

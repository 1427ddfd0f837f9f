import type { Indicator } from '@misp-pipeline/core';
import { contentText } from '@misp-pipeline/ids-rules';
import { datasetMatch, stringLine } from './dataset.ts';
import { ListFile } from './list-file.ts';
import { framed, listFrame, ONCE_AN_HOUR, OUTGOING, ruleFrame } from './rule-text.ts';
import { inLists, type Ruleset, ruleFileOf } from './ruleset.ts';
import type { Url } from './url.ts';

/** What is known of a host from `https` URLs. */
interface TlsHost {
  readonly name: string;
  readonly urls: Indicator[];
  /** Port of each URL; 0 stands for none. */
  readonly ports: number[];
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
    else if (asLists && host.ports.includes(0)) listed.push(host);
    else writeNameRules(host, ruleset);
  }
  if (listed.length > 0) writeNameList(listed, ruleset);
}

function hostsOf(urls: readonly Url[]): TlsHost[] {
  const hosts = new Map<string, TlsHost>();
  for (const { indicator, host: name, port = 0 } of urls) {
    const host = hosts.get(name);
    if (host === undefined) hosts.set(name, { name, urls: [indicator], ports: [port] });
    else {
      host.urls.push(indicator);
      host.ports.push(port);
    }
  }
  return [...hosts.values()];
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host);
}

/** More ports would not fit in a rule, and a host with so many bad ones has no good one. */
const MOST_PORTS = 200;

const HTTPS = 443;

function portText(ports: readonly number[]): string {
  const distinct = new Set(ports);
  if (distinct.has(0) || distinct.size > MOST_PORTS) return 'any';
  return `[${[...distinct].sort((a, b) => a - b).join(',')}]`;
}

function writeNameRules({ name, urls, ports }: TlsHost, ruleset: Ruleset): void {
  const [first] = urls;
  if (first === undefined) return;
  const frame = ruleFrame(first, 'url', OUTGOING, [SEEN, `misp_urls ${urls.length}`]);
  const port = portText(ports);
  for (const { protocol, buffer } of SIGHTS) {
    const options = framed(frame, `${buffer} content:"${contentText(name)}"; nocase; startswith; endswith;`);
    const header = `alert ${protocol} any any -> any ${port}`;
    ruleFileOf(protocol, ruleset).addFor(urls, { key: `https:${name} ${protocol}`, header, options });
  }
}

/** Clients send no server name for an address, so what shows is TLS to the address and port; else as above. */
function writeAddressRule({ name, urls, ports }: TlsHost, { rules }: Ruleset): void {
  const [first] = urls;
  if (first === undefined) return;
  const port = portText(ports.map((port) => port || HTTPS));
  const frame = ruleFrame(first, 'url', OUTGOING, [SEEN, `misp_urls ${urls.length}`]);
  const options = framed(frame, `flow:established,to_server; ${ONCE_AN_HOUR}`);
  rules.addFor(urls, { key: `https:${name} tls`, header: `alert tls any any -> ${name} ${port}`, options });
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
  for (const host of hosts) list.addFor(host.urls, stringLine(host.name));
}

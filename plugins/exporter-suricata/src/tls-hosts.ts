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

/** More ports would not fit in a rule, and a host with so many bad ones has no good one. */
const MOST_PORTS = 200;

const HTTPS = 443;

function portText(ports: ReadonlySet<number>): string {
  if (ports.has(0) || ports.size > MOST_PORTS) return 'any';
  return `[${[...ports].sort((a, b) => a - b).join(',')}]`;
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
  const port = portText(new Set([...ports].map((port) => port || HTTPS)));
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
  for (const host of hosts) list.add(stringLine(host.name), host.urls);
}

import type { Indicator } from '@misp-pipeline/core';
import { contentText } from '@misp-pipeline/ids-rules';
import { ValueListFiles } from '../lists/value-list.ts';
import { framed, listFrame, ONCE_AN_HOUR, ruleFrame } from '../rules/rule-text.ts';
import { inLists, type Ruleset, ruleFileOf } from '../ruleset.ts';
import type { Url } from './url.ts';

/** What is known of a host from `https` URLs. */
interface TlsHost {
  readonly name: string;
  readonly urls: [Indicator, ...Indicator[]];
  /** Port of each URL; 0 stands for none. */
  readonly ports: number[];
}

const SEEN = 'misp_match host-only';
const SIGHTS = [
  { protocol: 'tls', buffer: 'flow:established,to_server; tls.sni; to_lowercase;' },
  { protocol: 'quic', buffer: 'quic.sni; to_lowercase;' },
] as const;

/** URLs of which the engine sees the host only: one rule a host, however many URLs lie there. */
export function writeTlsHosts(urls: readonly Url[], ruleset: Ruleset): void {
  const hosts = hostsOf(urls);
  const asLists = inLists(ruleset, hosts.length);
  const listed: TlsHost[] = [];
  for (const host of hosts) {
    const { name, urls, ports } = host;
    if (isAddress(name)) ruleset.room.claim(urls, 1, () => writeAddressRule(host, ruleset));
    else if (asLists && ports.includes(0)) listed.push(host);
    else ruleset.room.claim(urls, SIGHTS.length, () => writeNameRules(host, ruleset));
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
  const frame = ruleFrame(first, 'url', 'outgoing', [SEEN, `misp_urls ${urls.length}`]);
  const port = portText(ports);
  for (const { protocol, buffer } of SIGHTS) {
    const options = framed(frame, `${buffer} content:"${contentText(name)}"; startswith; endswith;`);
    const header = `alert ${protocol} any any -> any ${port}`;
    ruleFileOf(protocol, ruleset).addFor(urls, { key: `https:${name} ${protocol}`, header, options });
  }
}

/** Clients send no server name for an address, so what shows is TLS to the address and port; else as above. */
function writeAddressRule({ name, urls, ports }: TlsHost, { rules }: Ruleset): void {
  const [first] = urls;
  const port = portText(ports.map((port) => port || HTTPS));
  const frame = ruleFrame(first, 'url', 'outgoing', [SEEN, `misp_urls ${urls.length}`]);
  const options = framed(frame, `flow:established,to_server; ${ONCE_AN_HOUR}`);
  rules.addFor(urls, { key: `https:${name} tls`, header: `alert tls any any -> ${name} ${port}`, options });
}

function writeNameList(hosts: readonly TlsHost[], ruleset: Ruleset): void {
  const name = 'misp-url-https';
  const frame = listFrame(`url in list ${name}`, 'outgoing', ['misp_kind url', SEEN]);
  const lookUps = SIGHTS.map(({ protocol, buffer }) => ({
    protocol,
    header: `alert ${protocol} any any -> any any`,
    buffer,
  }));
  const files = new ValueListFiles({ name, type: 'string', size: hosts.length, frame, lookUps }, ruleset);
  for (const host of hosts) files.add(host.name, host.urls);
}

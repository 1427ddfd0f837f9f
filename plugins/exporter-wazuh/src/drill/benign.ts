import type { Fields, LogSource } from '../look-up.ts';
import type { Expectation } from './expectation.ts';
import { type Probe, probeOf } from './probes.ts';

const NAMES = [
  'www.wikipedia.org',
  'www.google.com',
  'outlook.office365.com',
  'cdn.jsdelivr.net',
  'd111111abcdef8.cloudfront.net',
  'ctldl.windowsupdate.com',
  'www.debian.org',
  'time.cloudflare.com',
];
const ADDRESSES = ['1.1.1.1', '8.8.8.8', '9.9.9.9', '208.67.222.222', '192.168.1.1', '10.0.0.1'];

/** Fields of everyday events, by the name of the log source. */
const EVENTS: Readonly<Record<string, readonly Fields[]>> = {
  suricata: [
    ...NAMES.flatMap((name) => [
      { 'misp.dns_query': name },
      { 'dns.rrname': name },
      { 'tls.sni': name },
      { 'http.hostname': name, 'http.url': '/', 'http.http_user_agent': 'curl/8.14.1' },
    ]),
    ...ADDRESSES.map((address) => ({ dest_ip: address })),
  ],
  zeek: [
    ...NAMES.flatMap((name) => [{ query: name }, { server_name: name }, { host: name, uri: '/' }]),
    ...ADDRESSES.map((address) => ({ 'id.resp_h': address })),
  ],
  dns: NAMES.map((name) => ({ url: name })),
  squid: NAMES.flatMap((name) => [{ url: `http://${name}/` }, { url: `${name}:443` }]),
  sshd: ADDRESSES.map((address) => ({ srcip: address })),
  web: ADDRESSES.map((address) => ({ srcip: address })),
  firewall: ADDRESSES.map((address) => ({ dstip: address })),
};

/** Everyday events in which no rule may see anything, without those that are listed. */
export function benignProbes(logSources: readonly LogSource[], expectation: Expectation): readonly Probe[] {
  return logSources.flatMap((source) =>
    (EVENTS[source.id] ?? []).flatMap((fields) =>
      expectation.rulesFor(source, fields).size === 0 ? (probeOf(source, fields, new Set()) ?? []) : [],
    ),
  );
}

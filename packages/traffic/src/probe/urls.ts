import { canonicalHost, canonicalIp, formatUrl, type Indicator, splitUrl, type UrlParts } from '@misp-pipeline/core';
import { type Fetch, fetchPage, fetchThroughProxy } from '../scene/http.ts';
import { greetings, openTls } from '../scene/tls.ts';
import type { Aspect, Probes } from './probe.ts';
import { mixedCase, nextPort, oneChanged, otherCase } from './variants.ts';

/** What can stand in a request line. */
const TARGET = /^\/[\x21-\x7e]*$/;

/** Of `http` the whole request shows, of `https` the host. */
export function probeUrl(indicator: Indicator, probes: Probes): void {
  const parts = splitUrl(indicator.value);
  const isHost = canonicalHost(parts.host) === parts.host || isAddress(parts.host);
  if (!isHost || !TARGET.test(targetOf(parts))) return;
  if (parts.scheme === 'http') probeHttpUrl(parts, probes);
  if (parts.scheme === 'https' && !indicator.sharedHost) probeHttpsUrl(parts, probes);
}

function isAddress(host: string): boolean {
  return canonicalIp(host)?.value === host;
}

function targetOf({ path, query }: Pick<UrlParts, 'path' | 'query'>): string {
  return query === undefined ? path : `${path}?${query}`;
}

function probeHttpUrl(parts: UrlParts, probes: Probes): void {
  const { listed } = probes;
  const target = targetOf(parts);
  const host = hostField(parts.host, parts.port);
  const at: Fetch = { ...serverOf(parts), host };
  probes.hit('plain', fetchPage(listed, { ...at, target }));
  probes.hit('plain', fetchPage(listed, { ...at, target, method: 'POST', body: Buffer.from('a=b', 'latin1') }));
  probes.hit('case', fetchPage(listed, { ...at, target, host: mixedCase(host) }));
  if (parts.port === undefined) probes.hit('proxy', fetchThroughProxy(listed, host, target));
  const isListed = isAddress(parts.host) ? listed.coversAddress(parts.host) : listed.coversName(parts.host);
  if (!isListed) {
    probeNearTargets(parts, at, probes);
    probeOtherPort(parts, at, probes);
  }
  if (!isAddress(parts.host)) probeOtherHosts(parts, at, probes);
}

/** The same target on hosts that look like the one. */
function probeOtherHosts(parts: UrlParts, at: Fetch, probes: Probes): void {
  const { listed } = probes;
  const target = targetOf(parts);
  if (isListedUri(target, probes)) return;
  for (const { aspect, name } of nearHosts(parts.host)) {
    if (!listed.isFreeName(name)) continue;
    probes.miss(aspect, fetchPage(listed, { ...at, target, host: hostField(name, parts.port) }));
  }
}

function probeOtherPort(parts: UrlParts, at: Fetch, probes: Probes): void {
  if (parts.port === undefined) return;
  const target = targetOf(parts);
  const port = nextPort(parts.port);
  const elsewhere = [undefined, port].map((other) => formatUrl({ ...parts, port: other }));
  if (isListedUri(target, probes) || elsewhere.some((url) => probes.listed.has('url', url))) return;
  probes.miss('port', fetchPage(probes.listed, { ...at, target, port, host: hostField(parts.host, port) }));
}

/** Requests to the same host for something else. */
function probeNearTargets(parts: UrlParts, at: Fetch, probes: Probes): void {
  const target = targetOf(parts);
  const near: readonly (readonly [Aspect, string | undefined])[] = [
    ['changed', oneChanged(target)],
    ['changed', otherCase(target)],
    ['longer', `${target}x`],
    ['longer', `/z${target}`],
    ['query', parts.query === undefined ? `${target}?q=1` : `${target}&q=1`],
    ['query', parts.query === undefined ? undefined : parts.path],
  ];
  for (const [aspect, other] of near) {
    if (other === undefined || isListedTarget(parts, other, probes)) continue;
    probes.miss(aspect, fetchPage(probes.listed, { ...at, target: other }));
  }
}

/** True when another URL on the host, or a URI on any, is the target with or without its query. */
function isListedTarget({ scheme, host, port }: UrlParts, target: string, probes: Probes): boolean {
  if (isListedUri(target, probes)) return true;
  const servers = [undefined, port].map((listed) => `${scheme}://${hostField(host, listed)}`);
  const targets = [target, withoutQuery(target)];
  return servers.some((server) => targets.some((text) => probes.listed.has('url', `${server}${text}`)));
}

function isListedUri(target: string, { listed }: Probes): boolean {
  return listed.has('uri', target) || listed.has('uri', withoutQuery(target));
}

function withoutQuery(target: string): string {
  return target.replace(/\?.*$/, '');
}

function probeHttpsUrl(parts: UrlParts, probes: Probes): void {
  const { listed } = probes;
  const { host, port } = parts;
  if (isAddress(host)) {
    probes.hit('plain', openTls(listed, serverOf(parts)));
    return;
  }
  probes.hit('plain', ...greetings(listed, host, port));
  probes.hit('case', ...greetings(listed, mixedCase(host), port));
  for (const { aspect, name } of nearHosts(host)) {
    if (listed.isFreeName(name)) probes.miss(aspect, ...greetings(listed, name, port));
  }
}

/** Address and port to connect to. */
function serverOf({ host, port }: UrlParts): Pick<Fetch, 'server' | 'port'> {
  return { ...(isAddress(host) ? { server: host } : {}), ...(port === undefined ? {} : { port }) };
}

/** The host as clients send it. */
function hostField(host: string, port: number | undefined): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? name : `${name}:${port}`;
}

function nearHosts(host: string): readonly { aspect: Aspect; name: string }[] {
  const names: { aspect: Aspect; name: string }[] = [
    { aspect: 'longer', name: `x${host}` },
    { aspect: 'longer', name: `${host}x` },
    { aspect: 'below', name: `www.${host}` },
  ];
  return names.filter(({ name }) => canonicalHost(name) === name);
}

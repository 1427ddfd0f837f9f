import { canonicalHost, type Indicator } from '@misp-pipeline/core';
import { HTTP_PORT } from '../protocol/http.ts';
import { lookUp } from '../scene/dns.ts';
import { connectThroughProxy, fetchPage, fetchThroughProxy } from '../scene/http.ts';
import { called, type Scene } from '../scene/scene.ts';
import { greetings } from '../scene/tls.ts';
import type { Aspect, Probes } from './probe.ts';
import { mixedCase, nextPort } from './variants.ts';

/** A domain shows with all names below it, a host name alone; in look-ups, requests and greetings. */
export function probeName(indicator: Indicator, probes: Probes): void {
  const { kind, value, port, sharedHost } = indicator;
  const { listed } = probes;
  if (!isName(value)) return;
  probes.hit('plain', ...sights(indicator, value, probes));
  probes.hit('case', ...sights(indicator, mixedCase(value), probes));
  const below = `a.b-1.${value}`;
  if (kind === 'domain' && isName(below)) probes.hit('below', ...sights(indicator, below, probes));
  if (!sharedHost) {
    probes.hit('transport', lookUp(value, listed, { type: 'AAAA', edns: true, transport: 'tcp' }));
    probes.hit('transport', lookUp(value, listed, { type: 'HTTPS', edns: true, family: 6 }));
  }
  if (port === undefined) {
    probes.hit('proxy', fetchThroughProxy(listed, value, '/'), connectThroughProxy(listed, value));
  }
  probeNearNames(indicator, probes);
}

function probeNearNames(indicator: Indicator, probes: Probes): void {
  const { value, port } = indicator;
  const { listed } = probes;
  for (const { aspect, name } of nearNames(indicator)) {
    if (isName(name) && listed.isFreeName(name)) probes.miss(aspect, ...sights(indicator, name, probes));
  }
  if (port !== undefined && listed.isFreeName(value, indicator)) {
    probes.miss('port', ...connections(value, nextPort(port), listed));
  }
  const referred = fetchPage(listed, { headers: [['Referer', `http://${value}/`]] });
  probes.miss('place', called(`HTTP request from a page on ${value}`, referred));
  probes.miss('place', fetchPage(listed, { target: `/go?to=http://${value}/` }));
}

function isName(text: string): boolean {
  return canonicalHost(text) === text;
}

/** All ways in which a name shows. A look-up says nothing of a port, and nothing of one of many that share a host. */
function sights({ port, sharedHost }: Indicator, name: string, { listed }: Probes): readonly Scene[] {
  const connected = connections(name, port, listed);
  return sharedHost ? connected : [lookUp(name, listed), ...connected];
}

function connections(name: string, port: number | undefined, listed: Probes['listed']): readonly Scene[] {
  const host = port === undefined || port === HTTP_PORT ? name : `${name}:${port}`;
  const request = fetchPage(listed, port === undefined ? { host } : { host, port });
  return [request, ...greetings(listed, name, port)];
}

interface NearName {
  readonly aspect: Aspect;
  readonly name: string;
}

/** Names of somebody else that look like the value. */
function nearNames({ kind, value }: Indicator): readonly NearName[] {
  const names: NearName[] = [
    { aspect: 'longer', name: `x${value}` },
    { aspect: 'longer', name: `x-${value}` },
    { aspect: 'longer', name: `${value}x` },
    { aspect: 'longer', name: `${value}.near-miss.test` },
    { aspect: 'changed', name: changedLabel(value) },
  ];
  if (kind === 'domain') return names;
  return [
    ...names,
    { aspect: 'below', name: `www.${value}` },
    { aspect: 'above', name: value.slice(value.indexOf('.') + 1) },
  ];
}

/** The name with the first character of its first label changed. */
function changedLabel(name: string): string {
  return (name.startsWith('q') ? 'z' : 'q') + name.slice(1);
}

import { canonicalHost, type Indicator, patternBytes, splitUrl } from '@misp-pipeline/core';
import type { Dialect, Match } from './dialect.ts';
import { mailLine } from './mail-form.ts';
import { cookiePattern } from './pattern.ts';

/** One of the rules for an indicator. */
export interface Form extends Match {
  /** Tells it from the others; part of the key under which the sid is kept, so it must never change. */
  readonly name: string;
  /** What is seen on the wire, for the message: `DNS query for domain`. */
  readonly what: string;
}

const HTTPS_PORT = 443;

/** Number of rules that {@link formsOf} gives, without making them. */
export function ruleCount({ kind, port }: Indicator, dialect: Dialect): number {
  switch (kind) {
    case 'domain':
    case 'hostname':
      return port === undefined ? dialect.rulesPerName : 2;
    case 'ipv4':
    case 'ipv6':
    case 'cidr':
    case 'pattern-in-traffic':
      return 2;
    default:
      return 1;
  }
}

/** The rules that detect an indicator. It must be one that can be detected: see `refusal`. */
export function formsOf(indicator: Indicator, dialect: Dialect): readonly Form[] {
  switch (indicator.kind) {
    case 'domain':
    case 'hostname':
      return nameForms(indicator, dialect);
    case 'url':
      return [urlForm(indicator.value, dialect)];
    case 'uri':
      return [uriForm(indicator.value, dialect)];
    case 'user-agent':
      return [{ name: 'http', what: 'HTTP user agent', ...dialect.userAgent(indicator.value) }];
    case 'http-method':
      return [{ name: 'http', what: 'HTTP method', ...dialect.method(indicator.value) }];
    case 'cookie':
      return [cookieForm(indicator.value, dialect)];
    case 'pattern-in-traffic':
      return patternForms(indicator.value, dialect);
    case 'ipv4':
    case 'ipv6':
    case 'cidr':
      return endpointForms(indicator, dialect);
    default:
      return mailForms(indicator, dialect);
  }
}

/** A name with a port is not sought in DNS, which knows no ports. */
function nameForms({ kind, value, port }: Indicator, dialect: Dialect): readonly Form[] {
  const name = { host: value, below: kind === 'domain', port };
  const forms: Form[] = [];
  if (port === undefined) {
    const [udp, tcp] = dialect.dns(name);
    if (udp !== undefined) forms.push({ name: 'dns', what: `DNS query for ${kind}`, ...udp });
    if (tcp !== undefined) forms.push({ name: 'dns-tcp', what: `DNS query over TCP for ${kind}`, ...tcp });
  }
  forms.push({ name: 'http', what: `HTTP request to ${kind}`, ...dialect.http(name) });
  forms.push({ name: 'tls', what: `TLS connection to ${kind}`, ...dialect.tls(name) });
  return forms;
}

function urlForm(url: string, dialect: Dialect): Form {
  const { scheme, host, port, path, query } = splitUrl(url);
  if (scheme === 'https') return httpsForm(host, port, dialect);
  const sentHost = host.includes(':') ? `[${host}]` : host;
  const request = dialect.request({ host: sentHost, port, path, query: query || undefined });
  return { name: 'http', what: 'HTTP request for', ...request };
}

/** Of an https URL only the host can be seen, which the message says. For an address clients send no server name. */
function httpsForm(host: string, port: number | undefined, dialect: Dialect): Form {
  if (canonicalHost(host) !== undefined) {
    return { name: 'tls', what: 'TLS connection to the host of', ...dialect.tls({ host, below: false, port }) };
  }
  const endpoint = { address: host, port: port ?? HTTPS_PORT, direction: 'destination' } as const;
  return { name: 'tcp', what: 'TCP connection to the host of', ...dialect.connection(endpoint) };
}

/** A URI that begins with a slash is a whole target; anything else may stand anywhere in one. */
function uriForm(uri: string, dialect: Dialect): Form {
  const what = 'HTTP request for URI';
  if (!uri.startsWith('/')) return { name: 'http', what, ...dialect.targetPart(uri) };
  const question = uri.indexOf('?');
  const path = question < 0 ? uri : uri.slice(0, question);
  const query = question < 0 ? undefined : uri.slice(question + 1) || undefined;
  return { name: 'http', what, ...dialect.target({ path, query }) };
}

function endpointForms({ value, port = 0, direction }: Indicator, dialect: Dialect): readonly Form[] {
  const endpoint = { address: value, port, direction: direction ?? 'destination' } as const;
  const at = `${direction === 'source' ? 'from' : 'to'} port ${port} of`;
  return [
    { name: 'tcp', what: `TCP connection ${at}`, ...dialect.connection(endpoint) },
    { name: 'udp', what: `UDP packet ${at}`, ...dialect.datagram(endpoint) },
  ];
}

function cookieForm(cookie: string, dialect: Dialect): Form {
  return { name: 'http', what: 'HTTP cookie', ...dialect.cookie({ text: cookie, pattern: cookiePattern(cookie) }) };
}

function patternForms(pattern: string, dialect: Dialect): readonly Form[] {
  const bytes = patternBytes(pattern);
  return [
    { name: 'tcp', what: 'TCP stream with', ...dialect.stream(bytes) },
    { name: 'udp', what: 'UDP packet with', ...dialect.packet(bytes) },
  ];
}

function mailForms(indicator: Indicator, dialect: Dialect): readonly Form[] {
  const line = mailLine(indicator);
  return line === undefined ? [] : [{ name: 'smtp', what: line.what, ...dialect.mail(line) }];
}

import { contentBytes, contentText } from '@misp-pipeline/ids-rules';
import type { Dialect, NameMatch, RequestMatch, TargetMatch } from './dialect.ts';
import { DNS_HEADER, TCP_LENGTH, wireName } from './dns-name.ts';
import { endpointRule } from './endpoint.ts';
import { hostPattern, serverNamePattern } from './pattern.ts';
import { plainServerName } from './server-name.ts';
import { cookieBuffer, isRewritten, isTelling } from './target.ts';

const ESTABLISHED = 'flow:to_server,established;';

function content(text: string, ...modifiers: readonly string[]): string {
  return `content:${[`"${text}"`, ...modifiers].join(',')};`;
}

function host(name: string, pattern: string, ...modifiers: readonly string[]): string {
  return `http_header:field host; ${content(contentText(name), 'nocase', ...modifiers)} pcre:"/^${pattern}$/i";`;
}

function target(match: TargetMatch, ...modifiers: readonly string[]): string {
  const buffer = isRewritten(match) ? 'http_raw_uri' : 'http_uri';
  const path = `${buffer}:path; ${content(contentText(match.path), ...modifiers)} bufferlen:${Buffer.byteLength(match.path)};`;
  if (match.query === undefined) return path;
  return `${path} ${buffer}:query; ${content(contentText(match.query))} bufferlen:${Buffer.byteLength(match.query)};`;
}

/** A service in place of the protocol: Snort finds out by itself on which ports it is spoken. */
function service(name: string, port?: number): string {
  return port === undefined ? `alert ${name}` : `alert ${name} any any -> any ${port}`;
}

/**
 * A name in a query. A name without those below it begins right behind the header, over UDP or TCP; between the two
 * starts there is room for a label of one letter, whose length stands where a lone name has a zero of the header.
 */
function question({ host: name, below }: NameMatch): string {
  const labels = wireName(name);
  if (below) return content(contentBytes(labels), 'nocase', 'fast_pattern');
  const reach = labels.length + TCP_LENGTH;
  const place = [`offset ${DNS_HEADER}`, `depth ${reach}`];
  return `${content(contentBytes(labels), 'nocase', 'fast_pattern', ...place)} byte_test:1,=,0,-${reach},relative;`;
}

function serverName({ host: name, below }: NameMatch): string {
  const plain = below ? undefined : plainServerName(name);
  if (plain !== undefined) return content(contentBytes(plain), 'nocase', 'fast_pattern');
  return `${content(contentText(name), 'nocase', 'fast_pattern')} pcre:"/${serverNamePattern(name, below)}/is";`;
}

function request(match: RequestMatch): string {
  const pattern = hostPattern(match.host, false, match.port);
  return isTelling(match.path)
    ? `${host(match.host, pattern)} ${target(match, 'fast_pattern')}`
    : `${host(match.host, pattern, 'fast_pattern')} ${target(match)}`;
}

/** Snort 3. Nothing but the stock snort.lua is needed. */
export const snort3: Dialect = {
  rulesPerName: 3,
  dns: (name) => [{ header: service('dns'), options: `flow:to_server; ${question(name)}` }],
  http: (name) => ({
    header: service('http', name.port),
    options: `${ESTABLISHED} ${host(name.host, hostPattern(name.host, name.below, undefined), 'fast_pattern')}`,
  }),
  tls: (name) => ({ header: service('ssl', name.port), options: `${ESTABLISHED} ${serverName(name)}` }),
  request: (match) => ({ header: service('http'), options: `${ESTABLISHED} ${request(match)}` }),
  target: (match) => ({ header: service('http'), options: `${ESTABLISHED} ${target(match, 'fast_pattern')}` }),
  targetPart: (text) => ({
    header: service('http'),
    options: `${ESTABLISHED} http_raw_uri; ${content(contentText(text), 'fast_pattern')}`,
  }),
  userAgent: (value) => ({
    header: service('http'),
    options: `${ESTABLISHED} http_header:field user-agent; ${content(contentText(value), 'fast_pattern')} bufferlen:${Buffer.byteLength(value)};`,
  }),
  method: (name) => ({
    header: service('http'),
    options: `${ESTABLISHED} http_method; ${content(contentText(name))} bufferlen:${name.length};`,
  }),
  cookie: ({ text, pattern }) => ({
    header: service('http'),
    options: `${ESTABLISHED} ${cookieBuffer(text)}; ${content(contentText(text))} pcre:"/${pattern}/";`,
  }),
  mail: ({ text, pattern }) => ({
    header: service('smtp'),
    options: `${ESTABLISHED} ${content(contentText(text), 'nocase', 'fast_pattern')} pcre:"/${pattern}/mi";`,
  }),
  connection: (endpoint) => endpointRule('tcp', endpoint, 'flow:to_server; flags:S,CE;'),
  datagram: (endpoint) => endpointRule('udp', endpoint, 'flow:to_server;'),
  stream: (bytes) => ({
    header: 'alert tcp any any -> any any',
    options: `flow:established; ${content(contentBytes(bytes))}`,
  }),
  packet: (bytes) => ({ header: 'alert udp any any -> any any', options: content(contentBytes(bytes)) }),
};

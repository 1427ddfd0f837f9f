import { contentBytes, contentText, pcreText } from '@misp-pipeline/ids-rules';
import type { Dialect, Match, NameMatch, RequestMatch, TargetMatch } from './dialect.ts';
import { DNS_HEADER, TCP_LENGTH, wireName } from './dns-name.ts';
import { endpointRule } from './endpoint.ts';
import { hostPattern, serverNamePattern } from './pattern.ts';
import { plainServerName } from './server-name.ts';
import { cookieBuffer, isRewritten, isTelling } from './target.ts';

const ESTABLISHED = 'flow:to_server,established;';

/** The HTTP inspector looks at these ports only. */
const HTTP = 'alert tcp $HOME_NET any -> any $HTTP_PORTS';

/** Requests to a proxy name the scheme and the host in front of the path. */
const ABSOLUTE_FORM = String.raw`^(http\x3a\x2f\x2f[^\x2f]+)?`;

function content(text: string, ...modifiers: readonly string[]): string {
  return [`content:"${text}"`, ...modifiers].map((option) => `${option};`).join(' ');
}

function header(name: string, pattern: string): string {
  return String.raw`pcre:"/^${name}\x3a[ \t]*${pattern}\r?$/miH";`;
}

function host(name: string, pattern: string, ...modifiers: readonly string[]): string {
  return `${content(contentText(name), 'nocase', ...modifiers, 'http_header')} ${header('Host', pattern)}`;
}

function target(match: TargetMatch, ...modifiers: readonly string[]): string {
  const raw = isRewritten(match);
  const text = match.query === undefined ? match.path : `${match.path}?${match.query}`;
  const end = match.query === undefined ? String.raw`(\x3f|$)` : '$';
  const sought = content(contentText(text), ...modifiers, raw ? 'http_raw_uri' : 'http_uri');
  return `${sought} pcre:"/${ABSOLUTE_FORM}${pcreText(text)}${end}/${raw ? 'I' : 'U'}";`;
}

function question(protocol: 'udp' | 'tcp', { host: name, below }: NameMatch): Match {
  const labels = wireName(name);
  const start = protocol === 'tcp' ? DNS_HEADER + TCP_LENGTH : DNS_HEADER;
  const place = below ? [] : [`offset:${start}`, `depth:${labels.length}`];
  return {
    header: `alert ${protocol} any any -> any 53`,
    options: `flow:${protocol === 'tcp' ? 'to_server,established' : 'to_server'}; ${content(contentBytes(labels), 'nocase', 'fast_pattern', ...place)}`,
  };
}

function serverName({ host: name, below }: NameMatch): string {
  const handshake = content(contentBytes(Uint8Array.of(0x16, 0x03)), 'depth:2');
  const plain = below ? undefined : plainServerName(name);
  if (plain !== undefined) return `${handshake} ${content(contentBytes(plain), 'nocase', 'fast_pattern')}`;
  const sought = content(contentText(name), 'nocase', 'fast_pattern');
  return `${handshake} ${sought} pcre:"/${serverNamePattern(name, below)}/is";`;
}

/** The raw target cannot be the fast pattern. */
function request(match: RequestMatch): string {
  const pattern = hostPattern(match.host, false, match.port);
  return isTelling(match.path) && !isRewritten(match)
    ? `${host(match.host, pattern)} ${target(match, 'fast_pattern')}`
    : `${host(match.host, pattern, 'fast_pattern')} ${target(match)}`;
}

/** Snort 2.9, with the preprocessors of the stock snort.conf. */
export const snort2: Dialect = {
  rulesPerName: 4,
  dns: (name) => [question('udp', name), question('tcp', name)],
  http: (name) => ({
    header: name.port === undefined ? HTTP : `alert tcp $HOME_NET any -> any ${name.port}`,
    options: `${ESTABLISHED} ${host(name.host, hostPattern(name.host, name.below, undefined), 'fast_pattern')}`,
  }),
  tls: (name) => ({
    header: `alert tcp $HOME_NET any -> any ${name.port ?? 'any'}`,
    options: `${ESTABLISHED} ${serverName(name)}`,
  }),
  request: (match) => ({ header: HTTP, options: `${ESTABLISHED} ${request(match)}` }),
  target: (match) => ({
    header: HTTP,
    options: `${ESTABLISHED} ${isRewritten(match) ? target(match) : target(match, 'fast_pattern')}`,
  }),
  targetPart: (text) => {
    const buffer = isRewritten({ path: text, query: undefined }) ? ['http_raw_uri'] : ['fast_pattern', 'http_uri'];
    return { header: HTTP, options: `${ESTABLISHED} ${content(contentText(text), ...buffer)}` };
  },
  userAgent: (value) => ({
    header: HTTP,
    options: `${ESTABLISHED} ${content(contentText(value), 'fast_pattern', 'http_header')} ${header('User-Agent', pcreText(value))}`,
  }),
  method: (name) => ({
    header: HTTP,
    options: `${ESTABLISHED} ${content(contentText(name), 'http_method')} pcre:"/^${pcreText(name)}$/M";`,
  }),
  cookie: ({ text, pattern }) => {
    const buffer = cookieBuffer(text);
    const sought = content(contentText(text), buffer);
    return {
      header: HTTP,
      options: `${ESTABLISHED} ${sought} pcre:"/${pattern}/${buffer === 'http_cookie' ? 'C' : 'K'}";`,
    };
  },
  mail: ({ text, pattern }) => ({
    header: 'alert tcp any any -> any 25',
    options: `${ESTABLISHED} ${content(contentText(text), 'nocase', 'fast_pattern')} pcre:"/${pattern}/mi";`,
  }),
  connection: (endpoint) => endpointRule('tcp', endpoint, 'flow:to_server; flags:S,12;'),
  datagram: (endpoint) => endpointRule('udp', endpoint, 'flow:to_server;'),
  stream: (bytes) => ({
    header: 'alert tcp any any -> any any',
    options: `flow:established; ${content(contentBytes(bytes))}`,
  }),
  packet: (bytes) => ({ header: 'alert udp any any -> any any', options: content(contentBytes(bytes)) }),
};

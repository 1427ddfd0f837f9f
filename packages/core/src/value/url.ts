import { canonicalHost } from './host.ts';
import { canonicalIp, formatIpv4, parseIpv4, parseUrlIpv4 } from './ip.ts';

/** The parts of a canonical URL. */
export interface UrlParts {
  /** `http`, `https`, `ftp`, ... */
  readonly scheme: string;
  /** Canonical host name or address; IPv6 without brackets. */
  readonly host: string;
  /** Explicit port, or undefined for the scheme's own. */
  readonly port: number | undefined;
  /** Begins with `/`, as written. */
  readonly path: string;
  /** Without the `?`; undefined when there is none. */
  readonly query: string | undefined;
}

const SCHEME = /^[a-z][a-z0-9+.-]*$/;
const DEFAULT_PORTS: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
  ['ftp', 21],
  ['ws', 80],
  ['wss', 443],
]);

/**
 * Canonical text of a URL, or undefined. Scheme and host are canonical, the scheme's default port, user info and
 * fragment (which never travel) are cut, an empty path is `/`, bytes that cannot travel are percent-encoded; path and
 * query otherwise stay to the letter, since detections compare them with what is on the wire. Text without a scheme is
 * read as `http`.
 */
export function canonicalUrl(text: string): string | undefined {
  const parts = parseUrl(text);
  if (parts === undefined) return undefined;
  const url = formatUrl(parts);
  return url === text ? text : url; // the one in one piece: the other is a chain of slices, several times its size
}

export function formatUrl(parts: UrlParts): string {
  const host = parts.host.includes(':') ? `[${parts.host}]` : parts.host;
  const port = parts.port === undefined ? '' : `:${parts.port}`;
  const query = parts.query === undefined ? '' : `?${parts.query}`;
  return `${parts.scheme}://${host}${port}${parts.path}${query}`;
}

/** Parses any spelling of a URL into canonical parts, or undefined when it has no host that can be found. */
export function parseUrl(text: string): UrlParts | undefined {
  const schemeEnd = text.search(/[:/?#]/);
  const hasScheme = schemeEnd > 0 && text.startsWith('://', schemeEnd);
  const scheme = hasScheme ? text.slice(0, schemeEnd).toLowerCase() : 'http';
  if (!SCHEME.test(scheme)) return undefined;
  const rest = hasScheme ? text.slice(schemeEnd + 3) : text;
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const at = authority.lastIndexOf('@');
  // Without a scheme it is a mail address; a backslash ends the host in browsers, so the name behind it is a decoy.
  if (at >= 0 && (!hasScheme || authority.includes('\\'))) return undefined;
  const server = parseServer(authority.slice(at + 1), hasScheme);
  if (server === undefined) return undefined;
  const target = end < 0 ? '' : stripFragment(rest.slice(end));
  const question = target.indexOf('?');
  const path = encodeTarget(question < 0 ? target : target.slice(0, question));
  return {
    scheme,
    host: server.host,
    port: server.port === DEFAULT_PORTS.get(scheme) ? undefined : server.port,
    path: path === '' ? '/' : path,
    query: question < 0 ? undefined : encodeTarget(target.slice(question + 1)),
  };
}

function stripFragment(target: string): string {
  const hash = target.indexOf('#');
  return hash < 0 ? target : target.slice(0, hash);
}

function parseServer(text: string, hasScheme: boolean): { host: string; port: number | undefined } | undefined {
  const bracket = text.startsWith('[') ? text.indexOf(']') + 1 : 0;
  const colon = text.indexOf(':', bracket);
  const name = colon < 0 ? text : text.slice(0, colon);
  const host = bracket > 0 ? bracketedIp(name) : hostOrIpv4(name, hasScheme);
  if (host === undefined) return undefined;
  if (colon < 0 || colon === text.length - 1) return { host, port: undefined };
  const digits = text.slice(colon + 1);
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port < 1 || port > 65535 ? undefined : { host, port };
}

function bracketedIp(text: string): string | undefined {
  return text.includes(':') && text.endsWith(']') ? canonicalIp(text.slice(1, -1))?.value : undefined;
}

/** Numbers such as `0x7f000001` are addresses in a URL only; without a scheme they are just numbers. */
function hostOrIpv4(text: string, hasScheme: boolean): string | undefined {
  const host = canonicalHost(text);
  if (host !== undefined) return host;
  const ipv4 = hasScheme ? parseUrlIpv4(text) : parseIpv4(text);
  return ipv4 < 0 ? undefined : formatIpv4(ipv4);
}

const TRAVELS = /^[\x21-\x7e]*$/;

/** Browsers send blanks and bytes above ASCII percent-encoded; everything else goes out as written. */
function encodeTarget(text: string): string {
  if (TRAVELS.test(text)) return text;
  return text.replace(/[^\x21-\x7e]+/g, (run) => {
    let encoded = '';
    for (const byte of Buffer.from(run, 'utf8')) encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    return encoded;
  });
}

/**
 * Parts of a URL that is canonical already: a few string searches and no checks, for the hot path of filters and
 * exporters.
 */
export function splitUrl(canonical: string): UrlParts {
  const start = canonical.indexOf('://') + 3;
  const slash = canonical.indexOf('/', start);
  const question = canonical.indexOf('?', slash);
  const bracket = canonical.charCodeAt(start) === 91 ? canonical.indexOf(']', start) : -1;
  const colon = canonical.indexOf(':', bracket < 0 ? start : bracket);
  const hasPort = colon >= 0 && colon < slash;
  const hostEnd = hasPort ? colon : slash;
  return {
    scheme: canonical.slice(0, start - 3),
    host: bracket < 0 ? canonical.slice(start, hostEnd) : canonical.slice(start + 1, bracket),
    port: hasPort ? Number(canonical.slice(colon + 1, slash)) : undefined,
    path: question < 0 ? canonical.slice(slash) : canonical.slice(slash, question),
    query: question < 0 ? undefined : canonical.slice(question + 1),
  };
}

import type { SnortVersion } from '../src/options.ts';
import { modifiersAfter } from './rule-check.ts';
import { contentBytesOf, type ParsedRule, pcreOf } from './rule-reader.ts';
import type { Traffic } from './wire.ts';

const HTTP_PORTS = new Set([80, 8080, 8000]);

/**
 * True when a rule fires on traffic: a model of the few options that the exporter uses, to tell what a rule means
 * without an engine. It knows no reassembly, no limits and no quirks; those are the engine's to prove.
 */
export function fires(rule: ParsedRule, traffic: Traffic, version: SnortVersion): boolean {
  return headerFits(rule.header, traffic) && (version === 3 ? bodyFits3(rule, traffic) : bodyFits2(rule, traffic));
}

function headerFits(header: string, { protocol, service, port }: Traffic): boolean {
  const [, proto, , , , , dstPort = 'any'] = header.split(' ');
  if (proto !== protocol && proto !== service) return false;
  if (dstPort === '$HTTP_PORTS') return HTTP_PORTS.has(port);
  return dstPort === 'any' || Number(dstPort) === port;
}

function bodyFits3({ options }: ParsedRule, traffic: Traffic): boolean {
  let buffer: string | undefined = traffic.payload;
  let ends: readonly number[] = [];
  for (const { name, value = '' } of options) {
    if (name.startsWith('http_')) buffer = buffer3(name, value, traffic);
    else if (name === 'content') {
      const [text = '', modifiers = ''] = value.slice(1).split('"');
      ends = contentEnds(buffer, text, modifiers.split(','), ' ');
      if (ends.length === 0) return false;
    } else if (name === 'pcre' && (buffer === undefined || !pcreOf(value, 3).regExp.test(buffer))) return false;
    else if (name === 'bufferlen' && buffer?.length !== Number(value)) return false;
    else if (name === 'byte_test') {
      const back = Number(/-(\d+)/.exec(value)?.[1]);
      if (!ends.some((end) => buffer?.charCodeAt(end - back) === 0)) return false;
    }
  }
  return true;
}

function bodyFits2({ options }: ParsedRule, traffic: Traffic): boolean {
  return options.every(({ name, value = '' }, i) => {
    if (name === 'pcre') {
      const { regExp, buffer } = pcreOf(value, 2);
      return regExp.test(buffer2(buffer, traffic) ?? '\x00no such buffer');
    }
    if (name !== 'content') return true;
    const modifiers = modifiersAfter(options, i);
    const http = modifiers.find((modifier) => modifier.startsWith('http_')) ?? '';
    return contentEnds(buffer2(http, traffic), value.slice(1, -1), modifiers, ':').length > 0;
  });
}

/** Where in the buffer the content may end. */
function contentEnds(
  buffer: string | undefined,
  text: string,
  modifiers: readonly string[],
  separator: string,
): readonly number[] {
  if (buffer === undefined) return [];
  const number = (name: string) =>
    modifiers.find((modifier) => modifier.startsWith(`${name}${separator}`))?.slice(name.length + 1);
  const offset = Number(number('offset') ?? 0);
  const window = buffer.slice(offset, number('depth') === undefined ? undefined : offset + Number(number('depth')));
  const nocase = modifiers.includes('nocase');
  const bytes = contentBytesOf(text);
  const sought = nocase ? lower(bytes) : bytes;
  const within = nocase ? lower(window) : window;
  const ends: number[] = [];
  for (let at = within.indexOf(sought); at >= 0; at = within.indexOf(sought, at + 1))
    ends.push(offset + at + sought.length);
  return ends;
}

/** ASCII only, as engines do. */
function lower(text: string): string {
  return text.replace(/[A-Z]/g, (char) => char.toLowerCase());
}

function buffer3(name: string, value: string, { http }: Traffic): string | undefined {
  if (http === undefined) return undefined;
  if (name === 'http_header') {
    const field = value.replace('field ', '');
    return http.headers.find(([header]) => header.toLowerCase() === field)?.[1];
  }
  if (name === 'http_method') return http.method;
  if (name.endsWith('cookie')) return cookieOf(http, name === 'http_cookie');
  const [path = '', query] = splitTarget(http.target);
  const part = value === '' ? http.target : value === 'path' ? path : query;
  if (name === 'http_raw_uri' || part === undefined) return part;
  const decoded = decode(part).replaceAll('+', ' ');
  return value === 'query' ? decoded : simplified(decoded);
}

function buffer2(name: string, { payload, http, port }: Traffic): string | undefined {
  if (name === '') return payload;
  if (http === undefined || !HTTP_PORTS.has(port)) return undefined;
  if (name === 'http_method' || name === 'M') return http.method;
  if (name.endsWith('cookie') || name === 'C' || name === 'K')
    return cookieOf(http, name === 'http_cookie' || name === 'C');
  if (name === 'http_header' || name === 'H')
    return http.headers.map(([header, value]) => `${header}: ${value}\r\n`).join('');
  if (name === 'http_raw_uri' || name === 'I') return http.target;
  const origin = /^http:\/\/[^/]+/.exec(http.target)?.[0] ?? '';
  const [path = '', query] = splitTarget(http.target);
  return `${origin}${simplified(decode(path))}${query === undefined ? '' : `?${decode(query)}`}`;
}

function cookieOf({ headers }: NonNullable<Traffic['http']>, isNormalised: boolean): string | undefined {
  const cookie = headers.find(([header]) => header.toLowerCase() === 'cookie')?.[1];
  return cookie !== undefined && isNormalised ? decode(cookie) : cookie;
}

/** Path and query of a target, also of one in absolute form. */
function splitTarget(target: string): readonly string[] {
  const origin = /^http:\/\/[^/]+/.exec(target)?.[0] ?? '';
  const rest = target.slice(origin.length);
  const question = rest.indexOf('?');
  return question < 0 ? [rest] : [rest.slice(0, question), rest.slice(question + 1)];
}

function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function simplified(path: string): string {
  const segments: string[] = [];
  const all = path
    .replaceAll('\\', '/')
    .replace(/\/{2,}/g, '/')
    .split('/')
    .slice(1);
  for (const segment of all) {
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

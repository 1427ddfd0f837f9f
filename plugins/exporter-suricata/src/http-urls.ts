import { hash } from 'node:crypto';
import { indicatorKey } from '@misp-pipeline/core';
import { contentText } from '@misp-pipeline/ids-rules';
import { append } from './append.ts';
import { datasetMatch, stringLine } from './dataset.ts';
import { targetMatch } from './http-target.ts';
import { ListFile } from './list-file.ts';
import { fits, framed, listFrame, OUTGOING, ruleFrame } from './rule-text.ts';
import { inLists, type Ruleset } from './ruleset.ts';
import type { Url } from './urls.ts';

/** A dataset costs the engine about 110 kB, as much as a dozen rules; up to this many hosts rules keep their context. */
const FEWEST_HOSTS = 50;

/**
 * URLs of which the engine sees host, port, path and query. A request matches only as a whole, and no list holds pairs;
 * but of many URLs many share path and query, and then their hosts can be a list.
 */
export function writeHttpUrls(urls: readonly Url[], ruleset: Ruleset): void {
  const counts = inLists(ruleset, urls.length) ? countTargets(urls) : undefined;
  const lists = new Map<string, Url[]>();
  for (const url of urls) {
    const key = targetKey(url);
    if ((counts?.get(key) ?? 0) < FEWEST_HOSTS) writeUrl(url, ruleset);
    else append(lists, key, url);
  }
  for (const [key, members] of lists) writeHostList(key, members, ruleset);
}

function countTargets(urls: readonly Url[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const url of urls) {
    const key = targetKey(url);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function targetOf({ parts: { path, query } }: Url): string {
  return query === undefined ? path : `${path}?${query}`;
}

function targetKey(url: Url): string {
  return `${url.parts.port ?? 'any'} ${targetOf(url)}`;
}

/** The host as a client sends it. */
function hostOf({ parts: { host } }: Url): string {
  return host.includes(':') ? `[${host}]` : host;
}

function headerOf({ parts: { port } }: Url): string {
  return `alert http any any -> any ${port ?? 'any'}`;
}

function writeUrl(url: Url, { rules, skip }: Ruleset): void {
  const { indicator } = url;
  const host = hostOf(url);
  const target = targetOf(url);
  const targetIsRarer = target.length > host.length;
  const match = [
    `flow:established,to_server; http.host; content:"${contentText(host)}"; bsize:${host.length};`,
    ...(targetIsRarer ? [] : ['fast_pattern;']),
    targetMatch(target, targetIsRarer),
  ].join(' ');
  if (!fits(match)) {
    skip(indicator, 'unsupported:too-long');
    return;
  }
  const options = framed(ruleFrame(indicator, 'url', OUTGOING), match);
  rules.add({ key: `${indicatorKey(indicator)} http`, header: headerOf(url), options }, indicator);
}

function writeHostList(key: string, urls: readonly Url[], ruleset: Ruleset): void {
  const [first] = urls;
  if (first === undefined) return;
  const name = `misp-url-${hash('sha1', key).slice(0, 12)}`;
  const target = targetMatch(targetOf(first), true);
  if (!fits(target)) {
    for (const { indicator } of urls) ruleset.skip(indicator, 'unsupported:too-long');
    return;
  }
  const match = `flow:established,to_server; ${target} http.host; ${datasetMatch(name, 'string', urls.length)}`;
  const options = framed(listFrame(`url in list ${name}`, OUTGOING, ['misp_kind url']), match);
  const sid = ruleset.rules.add({ key: `${name} http`, header: headerOf(first), options });
  const list = new ListFile(ruleset.output, name, [sid]);
  for (const url of urls) list.add(stringLine(hostOf(url)), [url.indicator]);
}

import { hash } from 'node:crypto';
import { indicatorKey } from '@misp-pipeline/core';
import { contentText } from '@misp-pipeline/ids-rules';
import { append } from '../append.ts';
import { ValueListFiles } from '../lists/value-list.ts';
import { fits, framed, listFrame, ruleFrame } from '../rules/rule-text.ts';
import { inLists, type Ruleset } from '../ruleset.ts';
import { targetMatch } from './http-target.ts';
import type { Url } from './url.ts';

/** A dataset costs the engine about 110 kB, as much as a dozen rules; up to this many hosts rules keep their context. */
const FEWEST_HOSTS = 50;

/**
 * URLs of which the engine sees host, port, path and query. A request matches only as a whole, and no list holds pairs;
 * but of many URLs many share path and query, and then their hosts can be a list.
 */
export function writeHttpUrls(urls: readonly Url[], ruleset: Ruleset): void {
  if (!inLists(ruleset, urls.length)) {
    for (const url of urls) claimUrl(url, ruleset);
    return;
  }
  const groups = new Map<string, Url[]>();
  const groupOf = urls.map((url) => append(groups, targetKey(url), url));
  for (const [i, url] of urls.entries()) if (!isList(groupOf[i])) claimUrl(url, ruleset);
  for (const [key, members] of groups) if (isList(members)) writeHostList(key, members, ruleset);
}

function isList(members: readonly Url[] = []): boolean {
  return members.length >= FEWEST_HOSTS;
}

function targetKey({ port, target }: Url): string {
  return `${port ?? 'any'} ${target}`;
}

/** The host as a client sends it. */
function hostOf({ host }: Url): string {
  return host.includes(':') ? `[${host}]` : host;
}

function headerOf({ port }: Url): string {
  return `alert http any any -> any ${port ?? 'any'}`;
}

function claimUrl(url: Url, ruleset: Ruleset): void {
  ruleset.room.claim([url.indicator], 1, () => writeUrl(url, ruleset));
}

function writeUrl(url: Url, { rules, skip }: Ruleset): void {
  const { indicator, target } = url;
  const host = hostOf(url);
  const targetIsRarer = target.length > host.length;
  const sought = `content:"${contentText(host)}"; bsize:${host.length};${targetIsRarer ? '' : ' fast_pattern;'}`;
  const match = `flow:established,to_server; http.host; to_lowercase; ${sought} ${targetMatch(target, targetIsRarer)}`;
  if (!fits(match)) {
    skip(indicator, 'unsupported:too-long');
    return;
  }
  const options = framed(ruleFrame(indicator, 'url', 'outgoing'), match);
  rules.add({ key: `${indicatorKey(indicator)} http`, header: headerOf(url), options }, indicator);
}

function writeHostList(key: string, urls: readonly Url[], ruleset: Ruleset): void {
  const [first] = urls;
  if (first === undefined) return;
  const name = `misp-url-${hash('sha1', key).slice(0, 12)}`;
  const target = targetMatch(first.target, true);
  if (!fits(target)) {
    for (const { indicator } of urls) ruleset.skip(indicator, 'unsupported:too-long');
    return;
  }
  const frame = listFrame(`url in list ${name}`, 'outgoing', ['misp_kind url']);
  const buffer = `flow:established,to_server; ${target} http.host; to_lowercase;`;
  const lookUps = [{ protocol: 'http', header: headerOf(first), buffer }];
  const files = new ValueListFiles({ name, type: 'string', size: urls.length, frame, lookUps }, ruleset);
  for (const url of urls) files.add(hostOf(url), [url.indicator]);
}

import { type Indicator, splitUrl, type UrlParts } from '@misp-pipeline/core';
import type { Ruleset } from '../ruleset.ts';
import { writeHttpUrls } from './http-urls.ts';
import { writeTlsHosts } from './tls-hosts.ts';
import type { Url } from './url.ts';

/** URLs: of `http` the whole request is seen, of `https` the server's name. */
export function writeUrls(urls: readonly Indicator[], ruleset: Ruleset): void {
  const http: Url[] = [];
  const https: Url[] = [];
  for (const indicator of urls) {
    const parts = splitUrl(indicator.value);
    const fault = faultOf(indicator, parts);
    if (fault !== undefined) ruleset.skip(indicator, fault);
    else (parts.scheme === 'http' ? http : https).push(urlOf(indicator, parts));
  }
  writeHttpUrls(http, ruleset);
  writeTlsHosts(https, ruleset);
}

function urlOf(indicator: Indicator, { host, port, path, query }: UrlParts): Url {
  return { indicator, host, port, target: query === undefined ? path : `${path}?${query}` };
}

function faultOf({ sharedHost }: Indicator, { scheme, path, query }: UrlParts): string | undefined {
  if (scheme !== 'http' && scheme !== 'https') return 'unsupported:url-scheme';
  const showsOnlyHost = scheme === 'https' || (path === '/' && query === undefined);
  return sharedHost && showsOnlyHost ? 'too-broad:shared-host' : undefined;
}

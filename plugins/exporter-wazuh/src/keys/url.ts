import { type Indicator, splitUrl } from '@misp-pipeline/core';
import { keyFault } from '../cdb.ts';

/** Host and request target of a URL that stand in two fields of an event. */
interface Request {
  readonly host: string;
  /** Path and query. */
  readonly target: string;
}

/** The host of a URL that is a host's root page. */
export function addRootKey({ value }: Indicator, keys: string[]): void {
  const request = plainRequest(value);
  if (request?.target === '/') keys.push(request.host);
}

/** The host of any other URL, for a rule that looks up its {@link addTargetKey target} as well. */
export function addUrlHostKey(indicator: Indicator, keys: string[]): void {
  const request = pairedRequest(indicator);
  if (request !== undefined) keys.push(request.host);
}

/** Path and query of a URL whose host is among the {@link addUrlHostKey hosts}. */
export function addTargetKey(indicator: Indicator, keys: string[]): void {
  const request = pairedRequest(indicator);
  if (request !== undefined) keys.push(request.target);
}

/**
 * Two look-ups join any listed host with any listed target. That is harmless where the host belongs to one URL, not
 * where strangers use it for their own pages.
 */
function pairedRequest({ value, sharedHost }: Indicator): Request | undefined {
  const request = sharedHost ? undefined : plainRequest(value);
  if (request === undefined || request.target === '/' || keyFault(request.target) !== undefined) return undefined;
  return request;
}

/** The request of a web URL without port, which logs give in a third field, and of a host that they spell one way. */
function plainRequest(url: string): Request | undefined {
  const { scheme, host, port, path, query } = splitUrl(url);
  if ((scheme !== 'http' && scheme !== 'https') || port !== undefined) return undefined;
  if (host === '' || host.includes(':')) return undefined;
  return { host, target: query === undefined ? path : `${path}?${query}` };
}

/** A path that is listed without a host; the root page and a part of a path say too little or stand nowhere alone. */
export function addUriKey({ value }: Indicator, keys: string[]): void {
  if (value.startsWith('/') && value !== '/') keys.push(value);
}

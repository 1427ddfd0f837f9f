import { canonicalHost, canonicalIp, canonicalUrl, parseUrl } from '@misp-pipeline/core';
import { refangUrl } from '../refang.ts';
import { faultOf, hasControls, part, type Reading } from './reading.ts';

const PLAIN = /^https?:\/\/[^[]*$/;
// A scheme that is still broken: what stood between it and the host was no spelling of `://`.
const BROKEN = /^(?:hx|htx|meow|fx)/;

/** Reads a URL in any spelling; without a scheme it is taken for `http`. */
export function readUrl(text: string): Reading {
  const url = (PLAIN.test(text) ? canonicalUrl(text) : undefined) ?? canonicalUrl(refangUrl(text));
  if (url === undefined || BROKEN.test(url)) return faultOf(text, 'invalid-url');
  return url !== text && hasControls(text) ? 'control-character' : [part('url', url)];
}

const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/**
 * Reads a URI. MISP's type holds paths with or without query as well as whole URLs; a path is given a leading `/`, as it
 * travels. The bare `/` names nothing.
 */
export function readUri(text: string): Reading {
  const slash = text.indexOf('/');
  const head = slash < 0 ? '' : text.slice(0, slash);
  if (text.includes('://') || canonicalHost(head) !== undefined || canonicalIp(head) !== undefined)
    return readUrl(text);
  if (OTHER_SCHEME.test(text)) return faultOf(text, 'invalid-uri');
  if (hasControls(text)) return 'control-character';
  const target = parseUrl(`http://host.invalid${slash === 0 ? '' : '/'}${text}`);
  const uri = target?.query === undefined ? target?.path : `${target.path}?${target.query}`;
  return uri === undefined || uri === '/' ? 'invalid-uri' : [part('uri', uri)];
}

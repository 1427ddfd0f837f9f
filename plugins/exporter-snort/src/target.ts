import type { TargetMatch } from './dialect.ts';

/**
 * What Snort's HTTP inspectors rewrite before they match the normalised target: escapes, plus signs, backslashes,
 * repeated slashes and dot segments.
 */
const REWRITTEN = /[%+\\]|\/\/|\/\.{1,2}(?:\/|$)/;

/** True when a target has to be compared as sent, since the normalised one never equals it. */
export function isRewritten({ path, query = '' }: TargetMatch): boolean {
  return REWRITTEN.test(path) || REWRITTEN.test(query);
}

/** The buffer in which a cookie stands as the indicator has it: cookies are rewritten as targets are. */
export function cookieBuffer(text: string): 'http_cookie' | 'http_raw_cookie' {
  return isRewritten({ path: text, query: undefined }) ? 'http_raw_cookie' : 'http_cookie';
}

/** A shorter path is in so many requests that the host makes the better fast pattern; many URLs share a host, though. */
const TELLING_LENGTH = 8;

export function isTelling(text: string): boolean {
  return text.length >= TELLING_LENGTH;
}

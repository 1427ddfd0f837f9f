import { contentText, pcreText } from '@misp-pipeline/ids-rules';

/** What the engine decodes or folds before it fills `http.uri`: `%41`, `\`, `//`, `/./`, `/../`; and what is no URI. */
const CHANGED = /[^\x21-\x7e]|[%\\]|\/\/|\/\.{1,2}(?:[/?]|$)/;

/** In a request to a proxy the raw target begins with scheme and authority. */
const PROXIED = '(?:https?:\\x2f\\x2f[^\\x2f?#]+)?';

/**
 * Options that match the path and query of a request, whole and to the letter. Where the decoded buffer would not hold
 * the text as it is, the raw one is inspected.
 */
export function targetMatch(target: string, isFastPattern: boolean): string {
  const fast = isFastPattern ? ' fast_pattern;' : '';
  const content = contentText(target);
  if (!CHANGED.test(target)) return `http.uri; content:"${content}"; bsize:${target.length};${fast}`;
  return `http.uri.raw; content:"${content}"; endswith;${fast} pcre:"/^${PROXIED}${pcreText(target)}$/";`;
}

import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import { contentText, pcreText } from '@misp-pipeline/ids-rules';
import { fits, framed, ruleFrame } from '../rules/rule-text.ts';
import type { Ruleset } from '../ruleset.ts';

/** Cookies that a client sends: `name=value`, alone or several with `; ` between them. */
export function writeCookies(cookies: readonly Indicator[], ruleset: Ruleset): void {
  for (const indicator of cookies) {
    const match = matchOf(indicator.value);
    // A name alone, such as `PHPSESSID`, is that of a thousand sites.
    if (!/.=./.test(indicator.value)) ruleset.skip(indicator, 'too-broad:cookie');
    else if (!fits(match)) ruleset.skip(indicator, 'unsupported:too-long');
    else ruleset.room.claim([indicator], 1, () => writeCookie(indicator, match, ruleset));
  }
}

/** Whole cookies, wherever in the header field they stand. */
function matchOf(cookie: string): string {
  const whole = `/(?:^|\\x3b\\x20?)${pcreText(cookie)}(?:\\x3b|$)/`;
  return `flow:established,to_server; http.cookie; content:"${contentText(cookie)}"; fast_pattern; pcre:"${whole}";`;
}

function writeCookie(indicator: Indicator, match: string, { rules }: Ruleset): void {
  const options = framed(ruleFrame(indicator, 'cookie', 'outgoing'), match);
  rules.add({ key: `${indicatorKey(indicator)} http`, header: 'alert http any any -> any any', options }, indicator);
}

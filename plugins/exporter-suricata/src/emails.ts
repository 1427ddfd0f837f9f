import { type Indicator, type IndicatorKind, indicatorKey } from '@misp-pipeline/core';
import { contentText, pcreText } from '@misp-pipeline/ids-rules';
import { fits, framed, MAIL, ruleFrame } from './rule-text.ts';
import type { Ruleset } from './ruleset.ts';

/** Commands and header fields in which an address of each kind stands, as parts of a regular expression. */
const FIELDS: Partial<Record<IndicatorKind, string>> = {
  email: 'MAIL FROM|From|RCPT TO|To|Cc',
  'email-src': 'MAIL FROM|From',
  'email-dst': 'RCPT TO|To|Cc',
  'email-reply-to': 'Reply-To',
};

/** What shows of a mail when it is sent in clear text. */
export function writeEmails(emails: readonly Indicator[], { rules, skip }: Ruleset): void {
  for (const indicator of emails) {
    const match = matchOf(indicator);
    if (fits(match)) {
      const options = framed(ruleFrame(indicator, indicator.kind, MAIL), match);
      rules.add(
        { key: `${indicatorKey(indicator)} smtp`, header: 'alert smtp any any -> any any', options },
        indicator,
      );
    } else skip(indicator, 'unsupported:too-long');
  }
}

function matchOf({ kind, value }: Indicator): string {
  const content = contentText(value);
  if (kind === 'email-attachment') {
    return `flow:established,to_server; file.name; content:"${content}"; nocase; bsize:${Buffer.byteLength(value)};`;
  }
  if (kind === 'email-subject') return `flow:established,to_server; content:"Subject|3a 20|${content}|0d 0a|";`;
  const whole = `/^(?:${FIELDS[kind]})\\x3a[^\\n]*?[<\\s\\x3a]${pcreText(value)}[>\\s]/im`;
  return `flow:established,to_server; content:"${content}"; nocase; fast_pattern; pcre:"${whole}";`;
}

import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import { fits, framed, ruleFrame } from '../rules/rule-text.ts';
import { BEFORE_8, SINCE_8 } from '../rules/versions.ts';
import type { Ruleset } from '../ruleset.ts';
import { isSeenWhole, type MailForm, mailForms } from './mail-forms.ts';

/** What shows of a mail when it is sent in clear text. */
export function writeEmails(emails: readonly Indicator[], ruleset: Ruleset): void {
  for (const indicator of emails) {
    const forms = mailForms(indicator);
    if (!isSeenWhole(indicator) || !forms.every(({ raw }) => fits(raw)))
      ruleset.skip(indicator, 'unsupported:too-long');
    else ruleset.room.claim([indicator], forms.length, () => writeEmail(indicator, forms, ruleset));
  }
}

const HEADER = 'alert smtp any any -> any any';

function writeEmail(indicator: Indicator, forms: readonly MailForm[], { rules }: Ruleset): void {
  const frame = ruleFrame(indicator, indicator.kind, 'mail');
  for (const { place, since8, raw } of forms) {
    const key = `${indicatorKey(indicator)} ${place}`;
    const rule = (match: string) => ({ key, header: HEADER, options: framed(frame, match) });
    if (since8 === undefined) rules.add(rule(raw), indicator);
    else {
      const decoded = { ...rule(`${SINCE_8} ${since8}`), key: `${key} decoded` };
      rules.addEither(decoded, rule(`${BEFORE_8} ${raw}`), indicator);
    }
  }
}

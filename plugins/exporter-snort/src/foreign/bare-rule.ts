import { hash } from 'node:crypto';
import { detectionOf, parseRule } from './rule.ts';

/** A rule from elsewhere, without what its author says of it. */
export interface BareRule {
  readonly header: string;
  /** Detection options, each ending in `;`. */
  readonly options: string;
  /** What its author says that it detects, or the empty string. */
  readonly message: string;
  /** The number that its author gave it. */
  readonly sid: string | undefined;
}

/** What a rule looks for, on one line. Undefined when the text is not a rule. */
export function bareRule(text: string): BareRule | undefined {
  const rule = parseRule(text);
  if (rule === undefined) return undefined;
  const options = detectionOf(rule).map(({ name, value }) => (value === undefined ? `${name};` : `${name}:${value};`));
  const textOf = (sought: string) => rule.options.find(({ name }) => name === sought)?.value;
  const message = textOf('msg') ?? '';
  return {
    header: [rule.action, rule.protocol, ...rule.ends].join(' '),
    options: options.join(' '),
    message: message.replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1'),
    sid: /^\d{1,10}$/.exec(textOf('sid') ?? '')?.[0],
  };
}

/** Identity of a rule: the same for rules that look for the same in the same words. */
export function bareRuleKey(text: string): string {
  const { header, options } = bareRule(text) ?? { header: '', options: text };
  return `rule-snort:${hash('sha1', `${header} (${options})`)}`;
}

import { type IdBook, makeIndicator, type Output } from '@misp-pipeline/core';
import { RuleFile, ruleMessage } from '@misp-pipeline/ids-rules';
import { type Detection, detectionKey, indicatorsOf, united } from '../detection.ts';
import { FOREIGN_RULES } from '../paths.ts';
import { contextOf } from '../rule-text.ts';
import { bareRule } from './bare-rule.ts';

const COMMENT =
  'Rules that others wrote. A single bad one keeps Snort from starting: let it test them before you load them.';

/**
 * Writes rules that came as indicators to a file of their own, which nothing of ours loads. What they look for is theirs,
 * everything else (message, number, references, priority) is ours.
 */
export class ForeignRules {
  readonly #file: RuleFile;

  constructor(output: Output, sids: IdBook) {
    this.#file = new RuleFile(output, FOREIGN_RULES, sids, COMMENT);
  }

  /** Adds a rule, which must be one that can be passed on: see `foreignRefusal`. */
  add(detection: Detection): void {
    const indicator = united(detection);
    const rule = bareRule(indicator.value);
    if (rule === undefined) throw new Error(`\`${indicator.value}\` is not a rule`);
    const message = ruleMessage(makeIndicator({ ...indicator, value: rule.message }), 'rule');
    const original = rule.sid === undefined ? [] : [`misp_original_sid ${rule.sid}`];
    this.#file.addFor(indicatorsOf(detection), {
      key: detectionKey(detection),
      header: rule.header,
      options: `msg:"${message}"; ${rule.options} ${contextOf(indicator, original)}`,
    });
  }
}

import type { Alert } from '../alert.ts';
import type { Meaning } from './meaning.ts';

/** A rule of the pipeline. */
export interface OurRule {
  /** Id of the exporter in the config; undefined when nobody knows which one wrote the rule. */
  readonly exporter: string | undefined;
  readonly meaning: Meaning;
}

/** Tells rules of the pipeline from those of others. */
export interface OurRules {
  /** Undefined for a rule of somebody else. */
  ruleOf(alert: Alert): OurRule | undefined;
}

/** Numbers of rules, both ends included. */
export interface RuleRange {
  readonly first: number;
  readonly last: number;
}

export function inRange(rule: number, { first, last }: RuleRange): boolean {
  return rule >= first && rule <= last;
}

import type { Indicator } from '@misp-pipeline/core';
import { ruleMessage, ruleMetadata } from '@misp-pipeline/ids-rules';
import { meaningOf, meaningOfList, priorityOf, type Traffic } from './meaning.ts';

/** What a rule says besides how it matches. */
export interface RuleFrame {
  /** Before the match. */
  readonly head: string;
  /** After the match. */
  readonly tail: string;
}

/** Name of an indicator's kind for messages, with its direction and port. */
export function endpointText({ kind, direction, port }: Pick<Indicator, 'kind' | 'direction' | 'port'>): string {
  return `${kind}${direction === undefined ? '' : ` ${direction}`}${port === undefined ? '' : ` (port ${port})`}`;
}

/** The frame of the rules of one indicator. */
export function ruleFrame(
  indicator: Indicator,
  what: string,
  traffic: Traffic,
  metadata: readonly string[] = [],
): RuleFrame {
  const priority = priorityOf(indicator);
  return {
    head: `msg:"${ruleMessage(indicator, what)}";`,
    tail: `${meaningOf(indicator, traffic)} ${priority}metadata:${ruleMetadata(indicator, metadata)};`,
  };
}

/** The frame of a rule that reads a list. `what` and `metadata` are texts of ours. */
export function listFrame(what: string, traffic: Traffic, metadata: readonly string[]): RuleFrame {
  return { head: `msg:"MISP ${what}";`, tail: `${meaningOfList(traffic)} metadata:${metadata.join(', ')};` };
}

/** Options of a rule; `match` is empty where the header says it all. */
export function framed({ head, tail }: RuleFrame, match: string): string {
  return match === '' ? `${head} ${tail}` : `${head} ${match} ${tail}`;
}

/**
 * Whether a match leaves room for its frame in a line, of which the engine reads 8,191 bytes. A content of more than
 * 4,000 bytes is refused by its pattern matcher.
 */
export function fits(match: string): boolean {
  return match.length <= 4000;
}

/** Option that keeps a rule which the engine applies to every packet from alerting on every packet. */
export const ONCE_AN_HOUR = 'threshold:type limit,track by_both,count 1,seconds 3600;';

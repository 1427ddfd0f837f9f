import type { Indicator, Severity } from '@misp-pipeline/core';
import { ruleMessage, ruleMetadata } from '@misp-pipeline/ids-rules';

/** What a match says about the two ends of the traffic. */
export interface Meaning {
  /** A class of the packaged classification.config. */
  readonly classtype: string;
  /** Which end of the packet that matched is the victim; undefined where that depends on the traffic. */
  readonly target?: 'src_ip' | 'dest_ip';
}

/** A client of ours talks to something bad. */
export const OUTGOING: Meaning = { classtype: 'trojan-activity', target: 'src_ip' };
/** Something bad answers a client of ours. */
export const ANSWER: Meaning = { classtype: 'trojan-activity', target: 'dest_ip' };
/** Something bad comes to us. */
export const INCOMING: Meaning = { classtype: 'misc-attack', target: 'dest_ip' };
/** Something bad passes in either direction. */
export const PASSING: Meaning = { classtype: 'trojan-activity' };
/** Mail that wants to deceive. */
export const MAIL: Meaning = { classtype: 'social-engineering' };

const PRIORITIES: Readonly<Record<Severity, string>> = {
  high: ' priority:1;',
  medium: ' priority:2;',
  low: ' priority:3;',
  unknown: '',
};

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
  meaning: Meaning,
  metadata: readonly string[] = [],
): RuleFrame {
  const priority = PRIORITIES[indicator.severity];
  return {
    head: `msg:"${ruleMessage(indicator, what)}";`,
    tail: `${meaningText(meaning)}${priority} metadata:${ruleMetadata(indicator, metadata)};`,
  };
}

/** The frame of a rule that reads a list. `what` and `metadata` are texts of ours. */
export function listFrame(what: string, meaning: Meaning, metadata: readonly string[]): RuleFrame {
  return { head: `msg:"MISP ${what}";`, tail: `${meaningText(meaning)} metadata:${metadata.join(', ')};` };
}

function meaningText({ classtype, target }: Meaning): string {
  return `${target === undefined ? '' : `target:${target}; `}classtype:${classtype};`;
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

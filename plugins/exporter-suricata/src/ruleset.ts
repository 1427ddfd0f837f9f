import type { Drop, IndicatorKind, Output } from '@misp-pipeline/core';
import type { RuleFile } from '@misp-pipeline/ids-rules';
import type { Reputation } from './addresses/reputation.ts';
import type { Mode } from './options.ts';
import type { RuleRoom } from './rules/rule-room.ts';

/** What the writers of all kinds share. */
export interface Ruleset {
  readonly mode: Mode;
  readonly output: Output;
  readonly skip: Drop;
  /** Where rules wait that an indicator has of its own: there may be no room for all. */
  readonly room: RuleRoom;
  /** Loads on a stock sensor. */
  readonly rules: RuleFile;
  /** Apart, since a sensor on which QUIC is switched off refuses such rules. */
  readonly quicRules: RuleFile;
  /** For sensors with the setting `force-hash`, see {@link writeFileHashes}. */
  readonly forceHashRules: RuleFile;
  /** Apart, since nobody knows what the rules of others do. */
  readonly foreignRules: RuleFile;
  readonly takesForeignRules: boolean;
  /** Where many addresses go on a site that wants it so. */
  readonly reputation: Reputation | undefined;
  /** The kind of file hash that Suricata 7 computes. */
  readonly mainHash: IndicatorKind | undefined;
}

/** Values of a type up to which each gets rules with its context: 10,000 names take 5 s and 130 MB to load, a list nothing. */
const MOST_RULES = 2000;

/** Whether so many values of a type are written as lists. */
export function inLists({ mode }: Ruleset, count: number, most = MOST_RULES): boolean {
  return mode === 'datasets' || (mode === 'auto' && count > most);
}

/** The file for rules of a protocol. */
export function ruleFileOf(protocol: string, { rules, quicRules }: Ruleset): RuleFile {
  return protocol === 'quic' ? quicRules : rules;
}

import { type Indicator, indicatorKey, patternBytes } from '@misp-pipeline/core';
import { contentBytes } from '@misp-pipeline/ids-rules';
import { fits, framed, ruleFrame } from './rules/rule-text.ts';
import type { Ruleset } from './ruleset.ts';

/** Shorter ones, such as `POST`, are in everybody's traffic. */
const FEWEST_BYTES = 5;
/** The engine looks at a stream in pieces of 2,560 bytes, give or take a tenth; one of 2,900 never fires in 7.0.10. */
const MOST_BYTES = 2304;

/** Patterns in traffic: bytes that stand anywhere in a stream or packet, of any protocol and in either direction. */
export function writePatterns(patterns: readonly Indicator[], ruleset: Ruleset): void {
  for (const indicator of patterns) {
    const bytes = patternBytes(indicator.value);
    const match = `content:"${contentBytes(bytes)}";`;
    if (bytes.length < FEWEST_BYTES) ruleset.skip(indicator, 'too-broad:pattern');
    else if (bytes.length > MOST_BYTES || !fits(match)) ruleset.skip(indicator, 'unsupported:too-long');
    else ruleset.room.claim([indicator], 1, () => writePattern(indicator, match, ruleset));
  }
}

function writePattern(indicator: Indicator, match: string, { rules }: Ruleset): void {
  const options = framed(ruleFrame(indicator, 'pattern', 'passing'), match);
  rules.add({ key: `${indicatorKey(indicator)} ip`, header: 'alert ip any any -> any any', options }, indicator);
}

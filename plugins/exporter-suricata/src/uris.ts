import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import { targetMatch } from './http-target.ts';
import { fits, framed, OUTGOING, ruleFrame } from './rule-text.ts';
import type { Ruleset } from './ruleset.ts';

/** Paths with or without query, on any host. */
export function writeUris(uris: readonly Indicator[], ruleset: Ruleset): void {
  for (const indicator of uris) {
    const match = `flow:established,to_server; ${targetMatch(indicator.value, true)}`;
    const fault = faultOf(indicator.value, match);
    if (fault === undefined) {
      const options = framed(ruleFrame(indicator, 'uri', OUTGOING), match);
      const rule = { key: `${indicatorKey(indicator)} http`, header: 'alert http any any -> any any', options };
      ruleset.rules.add(rule, indicator);
    } else ruleset.skip(indicator, fault);
  }
}

function faultOf(uri: string, match: string): string | undefined {
  if (!uri.startsWith('/')) return 'unsupported:relative-uri';
  if (uri === '/') return 'too-broad:uri';
  return fits(match) ? undefined : 'unsupported:too-long';
}

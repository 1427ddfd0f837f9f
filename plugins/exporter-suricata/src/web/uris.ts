import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import { fits, framed, ruleFrame } from '../rules/rule-text.ts';
import type { Ruleset } from '../ruleset.ts';
import { targetMatch } from './http-target.ts';

/** Paths with or without query, on any host. */
export function writeUris(uris: readonly Indicator[], ruleset: Ruleset): void {
  for (const indicator of uris) {
    const match = `flow:established,to_server; ${targetMatch(indicator.value, true)}`;
    const fault = faultOf(indicator.value, match);
    if (fault === undefined) ruleset.room.claim([indicator], 1, () => writeUri(indicator, match, ruleset));
    else ruleset.skip(indicator, fault);
  }
}

function writeUri(indicator: Indicator, match: string, { rules }: Ruleset): void {
  const options = framed(ruleFrame(indicator, 'uri', 'outgoing'), match);
  rules.add({ key: `${indicatorKey(indicator)} http`, header: 'alert http any any -> any any', options }, indicator);
}

function faultOf(uri: string, match: string): string | undefined {
  if (!uri.startsWith('/')) return 'unsupported:relative-uri';
  if (uri === '/') return 'too-broad:uri';
  return fits(match) ? undefined : 'unsupported:too-long';
}

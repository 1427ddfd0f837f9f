import type { Indicator } from '@misp-pipeline/core';
import { writeExactValues } from '../exact/exact-values.ts';
import type { Ruleset } from '../ruleset.ts';

/** Methods of RFC 9110, and PATCH of RFC 5789: all of them are in ordinary traffic. */
const ORDINARY = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

/** Methods of requests, of which only unusual ones tell anything. */
export function writeMethods(methods: readonly Indicator[], ruleset: Ruleset): void {
  for (const indicator of methods) if (isOrdinary(indicator)) ruleset.skip(indicator, 'too-broad:http-method');
  writeExactValues(
    methods.filter((indicator) => !isOrdinary(indicator)),
    ruleset,
  );
}

function isOrdinary({ value }: Indicator): boolean {
  return ORDINARY.has(value);
}

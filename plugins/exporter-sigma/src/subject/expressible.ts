import type { Collected, Drop, Indicator } from '@misp-pipeline/core';
import { isWritable } from '../rule/value.ts';
import { type Place, type Subject, shows } from './subject.ts';

/** No log keeps longer values whole. */
const MAX_LENGTH = 8192;

/** Indicators of a subject that rules over these places can look for; the others go to `skip`. */
export function* expressible(
  subject: Subject,
  places: readonly Place[],
  indicators: Collected,
  skip: Drop,
): Generator<Indicator> {
  for (const kind of subject.kinds) {
    for (const indicator of indicators.ofKind(kind)) {
      if (!subject.includes(indicator)) continue;
      const fault = faultOf(indicator, subject, places);
      const broad = fault === undefined ? subject.tooBroad?.(indicator) : undefined;
      if (fault !== undefined) skip(indicator, `unsupported:${kind}`, fault);
      else if (broad !== undefined) skip(indicator, `too-broad:${broad}`);
      else yield indicator;
    }
  }
}

function faultOf(indicator: Indicator, subject: Subject, places: readonly Place[]): string | undefined {
  const { value } = indicator;
  if (places.length === 0) return 'none of its log sources is selected';
  if (value.length > MAX_LENGTH) return `longer than ${MAX_LENGTH} characters`;
  if (!isWritable(value)) return 'contains an invisible character';
  const leaves = subject.leaves(indicator);
  if (leaves.length === 0) return `no well-formed ${indicator.kind}`;
  if (leaves.some((leaf) => places.some((place) => shows(place, leaf)))) return undefined;
  return `none of the selected log sources shows ${indicator.port === undefined ? 'it' : 'ports'}`;
}

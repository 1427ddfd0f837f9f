import type { Collected, Drop, Indicator } from '@misp-pipeline/core';
import type { Place, Subject } from './subject.ts';
import { isWritable } from './value.ts';

/** No log keeps longer values whole. */
const MAX_LENGTH = 8192;

/** Indicators of a subject that rules over these places can look for; the others go to `skip`. */
export function* expressible(
  subject: Subject,
  places: readonly Place[],
  indicators: Collected,
  skip: Drop,
): Generator<Indicator> {
  const portsShow = places.some((place) => place.portField !== undefined);
  for (const kind of subject.kinds) {
    for (const indicator of indicators.ofKind(kind)) {
      if (!subject.includes(indicator)) continue;
      const fault =
        places.length === 0 ? 'none of its log sources is selected' : faultOf(indicator, subject, portsShow);
      if (fault === undefined) yield indicator;
      else skip(indicator, `unsupported:${kind}`, fault);
    }
  }
}

function faultOf(indicator: Indicator, subject: Subject, portsShow: boolean): string | undefined {
  const { value } = indicator;
  if (value.length > MAX_LENGTH) return `longer than ${MAX_LENGTH} characters`;
  if (!isWritable(value)) return 'contains an invisible character';
  const [leaf] = subject.leaves(indicator);
  if (leaf === undefined) return `no well-formed ${indicator.kind}`;
  if (leaf.port !== undefined && !portsShow) return 'none of the selected log sources shows ports';
  return undefined;
}

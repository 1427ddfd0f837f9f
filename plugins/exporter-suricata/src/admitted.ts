import { type Drop, type Indicator, type IndicatorKind, withinBudget } from '@misp-pipeline/core';
import { formOf } from './well-formed.ts';

/** The indicators of one kind that are well-formed, at most so many, the worthiest; the others are skipped. */
export function admitted(
  kind: IndicatorKind,
  indicators: readonly Indicator[],
  most: number,
  skip: Drop,
): readonly Indicator[] {
  const { kept, cut } = withinBudget(wellFormed(kind, indicators, skip), most);
  for (const indicator of cut) skip(indicator, 'budget:entries');
  return kept;
}

function wellFormed(kind: IndicatorKind, indicators: readonly Indicator[], skip: Drop): readonly Indicator[] {
  const form = formOf(kind);
  const isWellFormed = ({ value }: Indicator) => form(value);
  if (indicators.every(isWellFormed)) return indicators;
  for (const indicator of indicators) if (!isWellFormed(indicator)) skip(indicator, 'unsupported:malformed');
  return indicators.filter(isWellFormed);
}

import type { Indicator, OptionsSchema } from '@misp-pipeline/core';
import { everyKind } from '../corpus/every-kind.ts';
import { hostileIndicators } from '../corpus/hostile.ts';
import { deepFreeze } from '../deep-freeze.ts';
import { type ContractCase, type PluginOf, type Subject, subjectOf } from './subject.ts';

/** What a filter suite may be told besides the options. */
export interface FilterCase extends ContractCase {
  /** Indicators to filter besides the corpus, such as some that are dropped and some that are annotated. */
  readonly indicators?: readonly Indicator[];
  /** Reasons that have to occur, so that the suite does not pass over a filter that never drops. */
  readonly reasons?: readonly string[];
}

/** A filter with what its suite makes it filter. */
export interface FilterSubject extends Subject<'filter'> {
  readonly reasons: readonly string[];
  /** Deep-frozen, so that changing one throws. */
  readonly batch: readonly Indicator[];
}

export function filterSubject<S extends OptionsSchema>(
  plugin: PluginOf<'filter', S>,
  given: FilterCase,
): FilterSubject {
  const { indicators = [], reasons = [] } = given;
  const batch = deepFreeze([...indicators, ...everyKind(), ...hostileIndicators()]);
  return { ...subjectOf(plugin, given), reasons, batch };
}

import { type Indicator, type Severity, TLP_LABELS, type Tlp } from '@misp-pipeline/core';
import { valueHash } from './bucket.ts';

export type Level = 'low' | 'medium' | 'high';

/** Indicators that may share a rule, since a rule has one level and one TLP label. */
export interface RuleSet {
  readonly level: Level;
  /** Undefined when nothing was said about sharing. */
  readonly tlp: Tlp | undefined;
  readonly indicators: readonly Indicator[];
  /** {@link valueHash} of each indicator's value, taken while the value is at hand. */
  readonly hashes: readonly number[];
}

interface Members {
  readonly indicators: Indicator[];
  readonly hashes: number[];
}

/** Levels of rules by the severity of their indicators. */
export const LEVELS: Readonly<Record<Severity, Level>> = {
  high: 'high',
  medium: 'medium',
  low: 'low',
  unknown: 'medium',
};

/** Divides indicators by level and TLP label, in a fixed order; within a set they keep theirs. */
export function ruleSets(indicators: Iterable<Indicator>): RuleSet[] {
  const sets: RuleSet[] = [];
  const byLevel: Record<Level, Map<Tlp | undefined, Members>> = {
    high: new Map(),
    medium: new Map(),
    low: new Map(),
  };
  for (const indicator of indicators) {
    const byTlp = byLevel[LEVELS[indicator.severity]];
    let members = byTlp.get(indicator.tlp);
    if (members === undefined) {
      members = { indicators: [], hashes: [] };
      byTlp.set(indicator.tlp, members);
    }
    members.indicators.push(indicator);
    members.hashes.push(valueHash(indicator.value));
  }
  for (const level of ['high', 'medium', 'low'] as const) {
    for (const tlp of [undefined, ...TLP_LABELS]) {
      const members = byLevel[level].get(tlp);
      if (members !== undefined) sets.push({ level, tlp, ...members });
    }
  }
  return sets;
}

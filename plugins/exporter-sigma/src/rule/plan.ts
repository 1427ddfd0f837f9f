import { type Indicator, withinBudget } from '@misp-pipeline/core';
import type { Place, Subject } from '../subject/subject.ts';
import { type Bucket, buckets, type Room } from './bucket.ts';
import { type RuleSet, ruleSets } from './rule-set.ts';

/** Indicators that share their rules. */
export interface Wanted {
  readonly subject: Subject;
  /** Where rules are written; at least one when there are indicators. */
  readonly places: readonly Place[];
  readonly indicators: readonly Indicator[];
}

/** What one rule at each place of a subject looks for. */
export interface Planned {
  readonly subject: Subject;
  readonly places: readonly Place[];
  readonly set: RuleSet;
  readonly bucket: Bucket<Indicator>;
}

export interface Plan {
  readonly planned: readonly Planned[];
  /** Indicators for which the budget has no room. */
  readonly cut: readonly Indicator[];
}

/** Divides indicators into rules, and gives up the least worthy ones when the rules would be more than `most`. */
export function planRules(wanted: readonly Wanted[], room: Room, most: number): Plan {
  const all = wanted.flatMap(({ indicators }) => indicators);
  let kept = all.length;
  for (;;) {
    const budgeted = withinBudget(all, kept);
    const isKept = budgeted.cut.length === 0 ? undefined : new Set(budgeted.kept);
    const planned = wanted.flatMap((part) => divided(part, room, isKept));
    const rules = planned.reduce((sum, { places }) => sum + places.length, 0);
    if (rules <= most || kept === 0) return { planned, cut: budgeted.cut };
    kept = Math.min(kept - 1, Math.floor((kept * most) / rules));
  }
}

function divided({ subject, places, indicators }: Wanted, room: Room, isKept?: ReadonlySet<Indicator>): Planned[] {
  const left = isKept === undefined ? indicators : indicators.filter((indicator) => isKept.has(indicator));
  return ruleSets(left).flatMap((set) =>
    [...buckets(set.indicators, set.hashes, room)].map((bucket) => ({ subject, places, set, bucket })),
  );
}

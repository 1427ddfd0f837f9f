import { byWorth, type Drop, type Indicator } from '@misp-pipeline/core';

/** Rules of an indicator, or of a few that share them. */
interface Claim {
  readonly indicators: readonly [Indicator, ...(readonly Indicator[])];
  readonly rules: number;
  readonly write: () => void;
}

/** Holds rules back until all are known that want to be written, since there is room for so many only. */
export class RuleRoom {
  readonly #claims: Claim[] = [];

  /** Asks for a number of rules, which `write` writes. */
  claim(indicators: Claim['indicators'], rules: number, write: () => void): void {
    this.#claims.push({ indicators, rules, write });
  }

  /** Writes all that was claimed, in that order, or the worthiest where it is more than `most` rules. */
  settle(most: number, skip: Drop): void {
    const fitting = this.#fitting(most);
    for (const claim of this.#claims) {
      if (fitting.has(claim)) claim.write();
      else for (const indicator of claim.indicators) skip(indicator, 'budget:rules');
    }
  }

  #fitting(most: number): ReadonlySet<Claim> {
    const wanted = this.#claims.reduce((sum, { rules }) => sum + rules, 0);
    if (wanted <= most) return new Set(this.#claims);
    const ranked = this.#claims
      .map((claim) => ({ claim, worthiest: worthiestOf(claim) }))
      .sort((a, b) => byWorth(a.worthiest, b.worthiest));
    const fitting = new Set<Claim>();
    let room = most;
    for (const { claim } of ranked) {
      room -= claim.rules;
      if (room < 0) break;
      fitting.add(claim);
    }
    return fitting;
  }
}

function worthiestOf({ indicators }: Claim): Indicator {
  return indicators.reduce((best, indicator) => (byWorth(indicator, best) < 0 ? indicator : best));
}

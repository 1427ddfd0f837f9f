import type { Indicator } from '@misp-pipeline/core';
import { Tally, type TallyRow } from './tally.ts';

/** How many of the exported indicators there are of each kind, label, organisation and source. */
export interface Tallies {
  readonly kinds: readonly TallyRow[];
  readonly labels: readonly TallyRow[];
  readonly organisations: readonly TallyRow[];
  readonly sources: readonly TallyRow[];
}

/** Why an exporter has no place for an indicator. */
export interface Skip {
  readonly reason: string;
  readonly detail: string;
}

/** Label of what nobody has labelled. */
const UNMARKED = 'unmarked';

/** Event without an organisation. */
const NOBODY = '(none)';

/** Which indicators stand in the files of which exporter, as it has written them last. */
export class Exports {
  readonly #skipLimit: number;
  readonly #placed = new Map<string, Set<Indicator>>();
  readonly #skipped = new Map<string, Map<Indicator, Skip>>();

  constructor(skipLimit: number) {
    this.#skipLimit = skipLimit;
  }

  /** Forgets the files of an exporter, which writes them, or writes them again. */
  begin(exporter: string): void {
    this.#placed.delete(exporter);
    this.#skipped.delete(exporter);
  }

  place(exporter: string, indicator: Indicator): void {
    const placed = this.#placed.get(exporter);
    if (placed === undefined) this.#placed.set(exporter, new Set([indicator]));
    else placed.add(indicator);
  }

  skip(exporter: string, indicator: Indicator, skip: Skip): void {
    const skipped = this.#skipped.get(exporter) ?? new Map<Indicator, Skip>();
    this.#skipped.set(exporter, skipped);
    if (skipped.size < this.#skipLimit) skipped.set(indicator, skip);
  }

  *placed(): Iterable<readonly [exporter: string, Indicator]> {
    for (const [exporter, indicators] of this.#placed) {
      for (const indicator of indicators) yield [exporter, indicator];
    }
  }

  *skipped(): Iterable<readonly [exporter: string, Indicator, Skip]> {
    for (const [exporter, skips] of this.#skipped) {
      for (const [indicator, skip] of skips) yield [exporter, indicator, skip];
    }
  }

  /** An indicator counts once for each organisation and each source that vouches for it. */
  tallies(): Tallies {
    const [kinds, labels, organisations, sources] = [new Tally(), new Tally(), new Tally(), new Tally()];
    for (const [exporter, { kind, tlp, origins }] of this.placed()) {
      kinds.add(kind, exporter);
      labels.add(tlp ?? UNMARKED, exporter);
      for (const org of new Set(origins.map(({ event }) => event.org || NOBODY))) organisations.add(org, exporter);
      for (const source of new Set(origins.map((origin) => origin.source))) sources.add(source, exporter);
    }
    return {
      kinds: kinds.rows(),
      labels: labels.rows(),
      organisations: organisations.rows(),
      sources: sources.rows(),
    };
  }
}

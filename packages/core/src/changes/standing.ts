import type { Indicator, IndicatorKind } from '../indicator.ts';
import type { Collected } from '../run/collected.ts';
import { compareKeys, inByteOrder } from './byte-order.ts';
import { ContentDigest } from './digest.ts';

/** What one exporter will carry. */
export interface Carried {
  /** The bit of the exporter. */
  readonly mask: number;
  readonly collected: Collected;
  /** Indicators that it could not express, with the reason. */
  readonly skipped: ReadonlyMap<Indicator, string>;
}

/** An indicator, the exporters that will carry it (none, when all skip it), and the digest of what is said of it. */
export interface Standing {
  readonly indicator: Indicator;
  /** The same as each group of exporters has collected it: filters of their own may have taken origins away. */
  readonly forms: readonly Indicator[];
  readonly exporters: number;
  readonly digest: number;
}

/** Walks through all that will be live, of one kind after the other, in the order of the history. */
export class StandingWalk {
  /** Exporters without filters of their own share what was collected. */
  readonly #groups: (readonly [Collected, readonly Carried[]])[];
  readonly #digest = new ContentDigest();

  constructor(carried: readonly Carried[]) {
    this.#groups = [...Map.groupBy(carried, ({ collected }) => collected)];
  }

  *ofKind(kind: IndicatorKind): Generator<Standing> {
    const lines = this.#groups.map(([collected, carried]) => ({
      carried,
      waiting: inByteOrder(collected.ofKind(kind)),
      at: 0,
    }));
    for (;;) {
      let first: Indicator | undefined;
      for (const { waiting, at } of lines) {
        const next = waiting[at];
        if (next !== undefined && (first === undefined || compareKeys(next, first) < 0)) first = next;
      }
      if (first === undefined) return;
      let exporters = 0;
      let digest: number | undefined;
      const forms: Indicator[] = [];
      for (const line of lines) {
        const next = line.waiting[line.at];
        if (next === undefined || (next !== first && compareKeys(next, first) !== 0)) continue;
        line.at++;
        forms.push(next);
        digest = this.#digestOf(next, first, digest);
        for (const { mask, skipped } of line.carried) if (!skipped.has(next)) exporters |= mask;
      }
      if (digest !== undefined) yield { indicator: first, forms, exporters, digest };
    }
  }

  /** Where an exporter's own filters took away some of the origins, that counts as well. */
  #digestOf(next: Indicator, first: Indicator, digest: number | undefined): number {
    if (digest === undefined) return this.#digest.of(first);
    return next.origins.length === first.origins.length ? digest : (digest + next.origins.length) % 2 ** 48;
  }
}

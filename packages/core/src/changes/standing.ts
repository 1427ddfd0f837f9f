import type { Indicator, IndicatorKind } from '../indicator.ts';
import type { Collected } from '../run/collected.ts';
import { compare } from '../run/merging.ts';
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

/** Exporters that share what was collected. */
interface Group {
  readonly collected: Collected;
  readonly carried: readonly Carried[];
}

/** Walks through all that will be live, of one kind after the other. */
export class StandingWalk {
  readonly #groups: readonly Group[];
  readonly #digest = new ContentDigest();

  constructor(carried: readonly Carried[]) {
    const groups = Map.groupBy(carried, ({ collected }) => collected);
    this.#groups = [...groups].map(([collected, sharing]) => ({ collected, carried: sharing }));
  }

  /** Calls back for each indicator of a kind: a generator would cost more than all the rest. */
  ofKind(kind: IndicatorKind, visit: (standing: Standing) => void): void {
    const [only, ...others] = this.#groups;
    if (only === undefined) return;
    if (others.length > 0) {
      this.#sideBySide(kind, visit);
      return;
    }
    for (const indicator of only.collected.ofKind(kind))
      visit({
        indicator,
        forms: [indicator],
        exporters: carriers(only, indicator),
        digest: this.#digest.of(indicator),
      });
  }

  /** All groups side by side; each has its indicators in the same order. */
  #sideBySide(kind: IndicatorKind, visit: (standing: Standing) => void): void {
    const lines = this.#groups.map((group) => ({ group, waiting: group.collected.ofKind(kind), at: 0 }));
    for (;;) {
      let first: Indicator | undefined;
      for (const { waiting, at } of lines) {
        const next = waiting[at];
        if (next !== undefined && (first === undefined || compareKeys(next, first) < 0)) first = next;
      }
      if (first === undefined) return;
      const forms: Indicator[] = [];
      let exporters = 0;
      let digest = this.#digest.of(first);
      for (const line of lines) {
        const next = line.waiting[line.at];
        if (next === undefined || (next !== first && compareKeys(next, first) !== 0)) continue;
        line.at++;
        forms.push(next);
        exporters |= carriers(line.group, next);
        // Where an exporter's own filters took away some of the origins, that counts as well.
        if (next.origins.length !== first.origins.length) digest = (digest + next.origins.length) >>> 0;
      }
      visit({ indicator: first, forms, exporters, digest });
    }
  }
}

function carriers({ carried }: Group, indicator: Indicator): number {
  let exporters = 0;
  for (const { mask, skipped } of carried) if (!skipped.has(indicator)) exporters |= mask;
  return exporters;
}

/** The order in which indicators of one kind are collected. */
function compareKeys(a: Indicator, b: Indicator): number {
  return compare(a.direction ?? '', b.direction ?? '') || (a.port ?? 0) - (b.port ?? 0) || compare(a.value, b.value);
}

import { type Direction, INDICATOR_KINDS, type Indicator, type IndicatorKind } from '../indicator.ts';
import type { Collected } from './collected.ts';
import { compare, Merging } from './merging.ts';

/** Indicators that differ in their value only; one map for each, since most have neither direction nor port. */
interface Slot {
  readonly kind: IndicatorKind;
  readonly direction: Direction | undefined;
  readonly port: number | undefined;
  readonly byValue: Map<string, Indicator | Merging>;
}

/** Merges indicators that name the same thing and unites what their origins say. */
export class Collector {
  readonly #slots = new Map<string, Slot>();
  #added = 0;

  /** Indicators added so far, before merging. */
  get added(): number {
    return this.#added;
  }

  add(indicator: Indicator): void {
    this.#added++;
    const { byValue } = this.#slot(indicator);
    const known = byValue.get(indicator.value);
    if (known === undefined) byValue.set(indicator.value, indicator);
    else if (known instanceof Merging) known.add(indicator);
    else byValue.set(indicator.value, new Merging(known).add(indicator));
  }

  /** Sorts and hands over what was collected. The collector is empty afterwards. */
  collected(): Collected {
    const slots = [...this.#slots.values()].sort(bySlot);
    this.#slots.clear();
    const byKind = new Map<IndicatorKind, Indicator[]>();
    let size = 0;
    for (const slot of slots) {
      const indicators = byKind.get(slot.kind) ?? [];
      byKind.set(slot.kind, indicators);
      // Sorting the values alone takes half the time of sorting indicators by them.
      for (const value of [...slot.byValue.keys()].sort()) {
        const one = slot.byValue.get(value);
        if (one !== undefined) indicators.push(one instanceof Merging ? one.merged() : one);
      }
      size += slot.byValue.size;
      slot.byValue.clear();
    }
    return {
      size,
      ofKind: (kind) => byKind.get(kind) ?? [],
      *[Symbol.iterator]() {
        for (const indicators of byKind.values()) yield* indicators;
      },
    };
  }

  #slot({ kind, direction, port }: Indicator): Slot {
    const key = direction === undefined && port === undefined ? kind : `${kind}|${direction ?? ''}|${port ?? ''}`;
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = { kind, direction, port, byValue: new Map() };
      this.#slots.set(key, slot);
    }
    return slot;
  }
}

function bySlot(a: Slot, b: Slot): number {
  return (
    INDICATOR_KINDS.indexOf(a.kind) - INDICATOR_KINDS.indexOf(b.kind) ||
    compare(a.direction ?? '', b.direction ?? '') ||
    (a.port ?? 0) - (b.port ?? 0)
  );
}

import {
  type Direction,
  INDICATOR_KINDS,
  type Indicator,
  type IndicatorKind,
  makeIndicator,
  type Origin,
  SEVERITIES,
} from '../indicator.ts';
import { strictestTlp } from '../tlp.ts';
import type { Collected } from './collected.ts';

/** Indicators that differ in their value only; one map for each, since most have neither direction nor port. */
interface Slot {
  readonly kind: IndicatorKind;
  readonly direction: Direction | undefined;
  readonly port: number | undefined;
  readonly byValue: Map<string, Indicator>;
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
    byValue.set(indicator.value, known === undefined ? indicator : merge(known, indicator));
  }

  /** Sorts and hands over what was collected. The collector is empty afterwards. */
  collected(): Collected {
    const slots = [...this.#slots.values()].sort(bySlot);
    this.#slots.clear();
    const byKind = new Map<IndicatorKind, Indicator[]>();
    let size = 0;
    for (const slot of slots) {
      const indicators = [...slot.byValue.values()].sort(byValue);
      slot.byValue.clear();
      size += indicators.length;
      for (let i = 0; i < indicators.length; i++) indicators[i] = withSortedOrigins(indicators[i] as Indicator);
      const known = byKind.get(slot.kind);
      if (known === undefined) byKind.set(slot.kind, indicators);
      else for (const indicator of indicators) known.push(indicator);
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

function merge(a: Indicator, b: Indicator): Indicator {
  return makeIndicator({
    kind: a.kind,
    value: a.value,
    direction: a.direction,
    port: a.port,
    companions: unite(a.companions, b.companions),
    tlp: strictestTlp(a.tlp, b.tlp),
    tags: unite(a.tags, b.tags),
    techniques: unite(a.techniques, b.techniques),
    severity: SEVERITIES.indexOf(a.severity) >= SEVERITIES.indexOf(b.severity) ? a.severity : b.severity,
    confidence: pick(Math.max, a.confidence, b.confidence),
    firstSeen: pick(Math.min, a.firstSeen, b.firstSeen),
    lastSeen: pick(Math.max, a.lastSeen, b.lastSeen),
    updated: pick(Math.max, a.updated, b.updated),
    sharedHost: a.sharedHost || b.sharedHost,
    origins: [...a.origins, ...b.origins],
  });
}

/** Union of two sorted lists without duplicates; the first list itself when the second adds nothing. */
function unite(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  if (b.every((item) => a.includes(item))) return a;
  return [...new Set([...a, ...b])].sort();
}

function pick(choose: (a: number, b: number) => number, a?: number, b?: number): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return choose(a, b);
}

/** An attribute that several pages or sources of the same id handed on twice is one origin. */
function withSortedOrigins(indicator: Indicator): Indicator {
  if (indicator.origins.length < 2) return indicator;
  const origins = [...indicator.origins].sort(byOrigin);
  const distinct = origins.filter((origin, i) => i === 0 || byOrigin(origins[i - 1] as Origin, origin) !== 0);
  return { ...indicator, origins: distinct };
}

function bySlot(a: Slot, b: Slot): number {
  return (
    INDICATOR_KINDS.indexOf(a.kind) - INDICATOR_KINDS.indexOf(b.kind) ||
    compare(a.direction ?? '', b.direction ?? '') ||
    (a.port ?? 0) - (b.port ?? 0)
  );
}

function byValue(a: Indicator, b: Indicator): number {
  return a.value < b.value ? -1 : 1;
}

function byOrigin(a: Origin, b: Origin): number {
  return (
    compare(a.source, b.source) ||
    compare(a.event.uuid, b.event.uuid) ||
    compare(a.attribute, b.attribute) ||
    compare(a.type, b.type) ||
    compare(a.category, b.category) ||
    compare(a.comment, b.comment)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

import { type Indicator, SEVERITIES } from './indicator.ts';

/**
 * Order in which indicators are given up last when there is no room for all: the surest first, then the most severe, then
 * the freshest, then those that the most events vouch for. Zero only for indicators that are worth the same.
 */
export function byWorth(a: Indicator, b: Indicator): number {
  return (
    (b.confidence ?? UNSAID) - (a.confidence ?? UNSAID) ||
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    (b.updated ?? 0) - (a.updated ?? 0) ||
    eventsOf(b) - eventsOf(a)
  );
}

/** The confidence of an indicator of which nothing was said. */
const UNSAID = 50;

function eventsOf({ origins }: Indicator): number {
  if (origins.length < 2) return origins.length;
  return new Set(origins.map(({ event }) => event.uuid)).size;
}

/** What of a list there is room for. */
export interface Budgeted {
  /** In the order of the list. */
  readonly kept: readonly Indicator[];
  /** In the order of the list. */
  readonly cut: readonly Indicator[];
}

/** Keeps the `room` worthiest of a list; of those that are worth the same, the first in the list. */
export function withinBudget(indicators: readonly Indicator[], room: number): Budgeted {
  if (indicators.length <= room) return { kept: indicators, cut: [] };
  const order = Uint32Array.from(indicators.keys());
  order.sort((a, b) => byWorth(indicators[a] as Indicator, indicators[b] as Indicator) || a - b);
  const isKept = new Uint8Array(indicators.length);
  for (const index of order.subarray(0, room)) isKept[index] = 1;
  return {
    kept: indicators.filter((_, i) => isKept[i] === 1),
    cut: indicators.filter((_, i) => isKept[i] === 0),
  };
}

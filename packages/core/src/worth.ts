import { type Indicator, SEVERITIES } from './indicator.ts';
import { moveLeastToFront } from './selection.ts';

/** The confidence of an indicator of which nothing was said. */
const UNSAID = 50;

/** More than any time in seconds that an indicator has: those of ten digits are the last. */
const MOST_SECONDS = 2 ** 34;

/**
 * Order in which indicators are given up last when there is no room for all: the surest first, then the most severe, then
 * the freshest, then those that the most events vouch for. Zero only for indicators that are worth the same.
 */
export function byWorth(a: Indicator, b: Indicator): number {
  return worthOf(b) - worthOf(a) || eventsOf(b) - eventsOf(a);
}

/** Confidence (in hundredths), severity and time of an indicator, in one number. */
function worthOf({ confidence = UNSAID, severity, updated = 0 }: Indicator): number {
  return (Math.round(confidence * 100) * SEVERITIES.length + SEVERITIES.indexOf(severity)) * MOST_SECONDS + updated;
}

function eventsOf({ origins }: Indicator): number {
  if (origins.length < 2) return origins.length;
  return new Set(origins.map(({ event }) => event.uuid)).size;
}

/**
 * Places of the `most` worthiest indicators in the list, the worthiest first; of those that are worth the same, the first
 * in the list. Of a million only as many are sorted as are wanted.
 */
export function worthiest(indicators: readonly Indicator[], most: number): Uint32Array {
  const worths = Float64Array.from(indicators, worthOf);
  const compare = (a: number, b: number) =>
    (worths[b] as number) - (worths[a] as number) ||
    byWorth(indicators[a] as Indicator, indicators[b] as Indicator) ||
    a - b;
  const places = Uint32Array.from(indicators.keys());
  if (most < places.length) moveLeastToFront(places, most, compare);
  return places.subarray(0, most).sort(compare);
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
  const isKept = new Uint8Array(indicators.length);
  for (const place of worthiest(indicators, room)) isKept[place] = 1;
  return {
    kept: indicators.filter((_, i) => isKept[i] === 1),
    cut: indicators.filter((_, i) => isKept[i] === 0),
  };
}

import { byWorth, type Indicator } from '@misp-pipeline/core';

/** What one list may hold. */
export interface Room {
  /** Keys of indicators of one kind: all lists that hold a kind leave out the same indicators then. */
  readonly keys: number;
  /** Bytes of the file. */
  readonly bytes: number;
}

/**
 * Those of the indicators for which there is no room when the worthiest come first. A cheap one may still find room after a
 * dear one did not.
 */
export function withoutRoom(
  indicators: readonly Indicator[],
  room: number,
  costOf: (indicator: Indicator) => number,
): readonly Indicator[] {
  let left = room;
  return [...indicators].sort(byWorth).filter((indicator) => {
    const cost = costOf(indicator);
    if (cost > left) return true;
    left -= cost;
    return false;
  });
}

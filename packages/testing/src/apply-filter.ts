import type { Batch, Filter, Indicator } from '@misp-pipeline/core';

/** Something that a stage did not pass on, and why. */
export interface Dropped {
  readonly indicator: Indicator;
  readonly reason: string;
  readonly detail: string | undefined;
}

/** What a filter made of indicators. */
export interface Filtered {
  readonly kept: readonly Indicator[];
  readonly dropped: readonly Dropped[];
}

/** Opens a filter, gives it the batches one after the other as the engine does, and closes it. */
export async function applyFilter(filter: Filter, ...batches: readonly Batch[]): Promise<Filtered> {
  const kept: Indicator[] = [];
  const dropped: Dropped[] = [];
  try {
    await filter.open?.(new AbortController().signal);
    for (const batch of batches) {
      const passed = await filter.apply(batch, (indicator, reason, detail) => {
        dropped.push({ indicator, reason, detail });
      });
      kept.push(...passed);
    }
  } finally {
    await filter.close?.();
  }
  return { kept, dropped };
}

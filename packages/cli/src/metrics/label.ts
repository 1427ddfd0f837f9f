import type { Reasons } from '@misp-pipeline/core';
import { visible } from '../render/visible.ts';

const LONGEST = 100;
const MOST_REASONS = 50;
const OTHERS = 'other';

/** Foreign text as the value of a label: short, and with nothing in it that could steer a terminal. */
export function label(text: string): string {
  return visible(text, LONGEST).toWellFormed();
}

/**
 * Reasons as values of a label. Each of them becomes a time series that is stored for months, and names of lists and tags,
 * which strangers choose, are part of some: so the rarest beyond a limit are counted together.
 */
export function labelledReasons(reasons: Reasons, mask: (text: string) => string): Reasons {
  const sums = new Map<string, number>();
  const mostFirst = Object.entries(reasons).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  for (const [reason, count] of mostFirst) {
    const own = label(mask(reason));
    const name = sums.has(own) || sums.size < MOST_REASONS ? own : OTHERS;
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

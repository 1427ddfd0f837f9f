import { worthiest } from '@misp-pipeline/core';
import type { Detection } from './detection.ts';

/** What of the detections there is room for, each in the order of the list. */
export interface Budgeted {
  readonly kept: readonly Detection[];
  readonly cut: readonly Detection[];
}

/**
 * Keeps the worthiest detections as long as their rules fit in; what room a large one leaves goes to smaller ones behind
 * it. Of those that are worth the same, the first in the list are kept.
 */
export function withinRules(detections: readonly Detection[], limit: number): Budgeted {
  if (detections.reduce((sum, { rules }) => sum + rules, 0) <= limit) return { kept: detections, cut: [] };
  const isKept = new Uint8Array(detections.length);
  let room = limit;
  const worths = detections.map((detection) => detection.worthiest);
  for (const place of worthiest(worths, limit)) {
    const rules = detections[place]?.rules ?? 0;
    if (rules > room) continue;
    isKept[place] = 1;
    room -= rules;
  }
  return {
    kept: detections.filter((_, place) => isKept[place] === 1),
    cut: detections.filter((_, place) => isKept[place] === 0),
  };
}

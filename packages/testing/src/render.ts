import { Collector, type Exporter, INDICATOR_KINDS, type Indicator } from '@misp-pipeline/core';
import type { Dropped } from './apply-filter.ts';
import { deepFreeze } from './deep-freeze.ts';
import { MemoryOutput } from './memory-output.ts';

/** What an exporter made of indicators. */
export interface Rendered {
  readonly output: MemoryOutput;
  /** What the exporter was given: merged and sorted. */
  readonly collected: readonly Indicator[];
  /** Indicators that the exporter could not express, with the reason. */
  readonly skipped: readonly Dropped[];
}

/**
 * Collects indicators as the engine does and lets an exporter render them. What the exporter gets is frozen: the
 * indicators belong to all exporters of a run. Closing the exporter is left to the caller.
 */
export async function render(
  exporter: Exporter,
  indicators: Iterable<Indicator>,
  output: MemoryOutput = new MemoryOutput(),
): Promise<Rendered> {
  const collector = new Collector();
  for (const indicator of indicators) collector.add(indicator);
  const collected = collector.collected();
  for (const kind of INDICATOR_KINDS) deepFreeze(collected.ofKind(kind));
  const skipped: Dropped[] = [];
  await exporter.render(collected, output, (indicator, reason, detail) => {
    skipped.push({ indicator, reason, detail });
  });
  return { output, collected: [...collected], skipped };
}

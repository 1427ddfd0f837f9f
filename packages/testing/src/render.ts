import { Collector, type Exporter, type Indicator } from '@misp-pipeline/core';
import { MemoryOutput } from './memory-output.ts';

/** What an exporter made of indicators. */
export interface Rendered {
  readonly output: MemoryOutput;
  /** Indicators that the exporter could not express, with the reason. */
  readonly skipped: readonly { indicator: Indicator; reason: string; detail: string | undefined }[];
}

/** Collects indicators as the engine does and lets an exporter render them. */
export async function render(exporter: Exporter, indicators: Iterable<Indicator>): Promise<Rendered> {
  const collector = new Collector();
  for (const indicator of indicators) collector.add(indicator);
  const output = new MemoryOutput();
  const skipped: { indicator: Indicator; reason: string; detail: string | undefined }[] = [];
  await exporter.render(collector.collected(), output, (indicator, reason, detail) => {
    skipped.push({ indicator, reason, detail });
  });
  return { output, skipped };
}

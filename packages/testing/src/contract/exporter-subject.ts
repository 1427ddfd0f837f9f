import { type Indicator, indicatorKey, type OptionsSchema, type StageServices } from '@misp-pipeline/core';
import { everyKind } from '../corpus/every-kind.ts';
import { hostileIndicators } from '../corpus/hostile.ts';
import { MemoryOutput } from '../memory-output.ts';
import { type Rendered, render } from '../render.ts';
import type { Problems } from './check.ts';
import { type ContractCase, type PluginOf, type Subject, subjectOf } from './subject.ts';

/** Files of an exporter by path. */
export type OutputFiles = MemoryOutput['files'];

/** What an exporter suite may be told besides the options. */
export interface ExporterCase extends ContractCase {
  /** Indicators to render besides the corpus. */
  readonly indicators?: readonly Indicator[];
  /** The word of the engine, or of a parser, on files that the exporter wrote: what is wrong with them, if anything. */
  readonly accepts?: (files: OutputFiles) => Problems | Promise<Problems>;
}

/** An exporter with what its suite makes it render. */
export interface ExporterSubject extends Subject<'exporter'> {
  readonly accepts: (files: OutputFiles) => Problems | Promise<Problems>;
  readonly ordinary: readonly Indicator[];
  readonly hostile: readonly Indicator[];
}

export function exporterSubject<S extends OptionsSchema>(
  plugin: PluginOf<'exporter', S>,
  given: ExporterCase,
): ExporterSubject {
  const { indicators = [], accepts = () => [] } = given;
  const ordinary = [...indicators, ...everyKind()];
  return { ...subjectOf(plugin, given), accepts, ordinary, hostile: hostileIndicators() };
}

/** Renders with a new exporter, and an empty ledger unless one is given. */
export async function exported(
  subject: ExporterSubject,
  indicators: readonly Indicator[],
  services: Partial<StageServices> = {},
  output = new MemoryOutput(),
): Promise<Rendered> {
  const exporter = subject.build(subject.services(services));
  try {
    return await render(exporter, indicators, output);
  } finally {
    await exporter.close?.();
  }
}

/** Short name of an indicator for what is said of it. */
export function nameOf(indicator: Indicator): string {
  return indicatorKey(indicator).slice(0, 200);
}

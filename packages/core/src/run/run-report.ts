import type { PipelineConfig } from '../config/config.ts';
import type { Delivered, Intent } from '../release/delivery.ts';
import { publicationOf } from '../release/part.ts';
import type { StagedExport } from './export.ts';
import { funnelOf } from './funnel.ts';
import type { ExporterReport, RunReport } from './report.ts';
import type { Stages } from './stages.ts';

/** A run, as far as it has come. */
export interface ReportedRun {
  readonly config: PipelineConfig;
  readonly runId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly dryRun: boolean;
  readonly intent: Intent;
  readonly stages: Stages;
  readonly staged: readonly StagedExport[];
  /** What passed the common filters: one for each origin, and merged. */
  readonly counts: { readonly passed: number; readonly merged: number };
  /** Undefined when a run is repeated. */
  readonly delivered: Delivered | undefined;
}

/** Says of a run what every stage made of it, and what became of its files. */
export function runReport(run: ReportedRun): RunReport {
  const { config, runId, startedAt, finishedAt, dryRun, stages, delivered } = run;
  const sources = stages.sources.map((source) => source.report());
  const common = stages.filters.map((filter) => filter.report());
  const exporters = run.staged.map((one) => exporterReport(one, delivered, run.intent));
  return {
    ...{ runId, pipeline: config.name, config: config.file },
    ...{ startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString(), dryRun },
    ...{ release: delivered?.release?.id, fingerprint: delivered?.release?.fingerprint },
    ...{ guard: delivered?.guard ?? [], latency: delivered?.latency },
    funnel: funnelOf(sources, common, exporters, run.counts),
    sources,
    filters: stages.allFilters.map((filter) => filter.report()),
    exporters,
  };
}

/** What is said of an exporter when it is known what became of its files. */
function exporterReport(
  { id, report }: StagedExport,
  delivered: Delivered | undefined,
  intent: Intent,
): ExporterReport {
  const part = delivered?.parts.find(({ config }) => config.id === id);
  const published = intent === 'publish' && part !== undefined ? publicationOf(part) : undefined;
  const places = delivered?.places.filter(({ exporter }) => exporter === id) ?? [];
  return { ...report, changes: delivered?.changes.get(id), published, places, reload: delivered?.reloads.get(id) };
}

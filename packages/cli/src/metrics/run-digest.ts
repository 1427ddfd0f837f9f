import { type ExporterReport, type RunReport, z } from '@misp-pipeline/core';
import { labelledReasons } from './label.ts';

const count = z.number().min(0);
const reasons = z.record(z.string(), count);

/** What metrics and health show of the last run that published: numbers, and ids of the config. No value of an indicator. */
export const runDigest = z.object({
  sources: z.array(
    z.object({
      id: z.string(),
      read: count,
      indicators: count,
      problems: count,
      /** ISO 8601. */
      asOf: z.string().optional(),
      rejected: reasons,
    }),
  ),
  filters: z.array(z.object({ id: z.string(), exporter: z.string().optional(), dropped: reasons })),
  exporters: z.array(
    z.object({
      id: z.string(),
      skipped: reasons,
      bytes: count,
      quarantined: count,
      changes: z.object({ added: count, changed: count, withdrawn: count }).optional(),
    }),
  ),
});

export type RunDigest = z.output<typeof runDigest>;

/** The digest of a report, with reasons fit for labels. */
export function digestOf(report: RunReport, mask: (text: string) => string): RunDigest {
  return {
    sources: report.sources.map(({ id, read, indicators, problems, asOf, rejected }) => {
      const counts = { read, indicators, problems: problems.length };
      return { id, ...counts, asOf, rejected: labelledReasons(rejected, mask) };
    }),
    filters: report.filters.map(({ id, exporter, dropped }) => {
      return { id, exporter, dropped: labelledReasons(dropped, mask) };
    }),
    exporters: report.exporters.map((exporter) => exporterDigest(exporter, mask)),
  };
}

function exporterDigest(exporter: ExporterReport, mask: (text: string) => string): RunDigest['exporters'][number] {
  const { id, skipped, files, changes } = exporter;
  return {
    id,
    skipped: labelledReasons(skipped, mask),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    quarantined: quarantinedIn(exporter),
    changes: changes && { added: changes.added, changed: changes.changed, withdrawn: changes.withdrawn },
  };
}

/** Indicators that the engine refused. */
export function quarantinedIn({ check }: ExporterReport): number {
  return check.state === 'accepted' ? check.quarantined.length : 0;
}

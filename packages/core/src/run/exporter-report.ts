import type { Delivered, Intent } from '../release/delivery.ts';
import { publicationOf } from '../release/part.ts';
import type { StagedExport } from './export.ts';
import type { ExporterReport } from './report.ts';

/** What is said of an exporter when it is known what became of its files. */
export function exporterReport(
  { id, report }: StagedExport,
  delivered: Delivered | undefined,
  intent: Intent,
): ExporterReport {
  const part = delivered?.parts.find(({ config }) => config.id === id);
  const published = intent === 'publish' && part !== undefined ? publicationOf(part) : undefined;
  const places = delivered?.places.filter(({ exporter }) => exporter === id) ?? [];
  return { ...report, changes: delivered?.changes.get(id), published, places, reload: delivered?.reloads.get(id) };
}

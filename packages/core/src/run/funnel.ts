import type { Reasons } from './reasons.ts';
import type { FilterReport, Funnel, RunReport, SourceReport } from './report.ts';

/** Adds up the accounts of all stages. `filters` are the common ones. */
export function funnelOf(
  sources: readonly SourceReport[],
  filters: readonly FilterReport[],
  exporters: RunReport['exporters'],
  counts: { readonly passed: number; readonly merged: number },
): Funnel {
  return {
    read: sum(sources.map((source) => source.read)),
    rejected: sum(sources.flatMap((source) => Object.values(source.rejected))),
    normalised: sum(sources.map((source) => source.indicators)),
    dropped: united(filters.map((filter) => filter.dropped)),
    ...counts,
    exported: Object.fromEntries(exporters.map(({ id, exported }) => [id, exported])),
  };
}

function united(all: readonly Reasons[]): Reasons {
  const total: Record<string, number> = {};
  for (const reasons of all) {
    for (const [reason, count] of Object.entries(reasons)) total[reason] = (total[reason] ?? 0) + count;
  }
  return total;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

import type { ExporterReport, Reasons, RunReport } from '@misp-pipeline/core';
import { plain } from '../render/number.ts';

/** A bar of the funnel, from `from` to `to` on the scale of indicators. */
export interface FunnelStep {
  readonly label: string;
  readonly count: number;
  /** `lost` bars hang between what came and what is left. */
  readonly tone: 'kept' | 'lost' | 'exported';
  readonly from: number;
  readonly to: number;
  /** The reasons that count most. */
  readonly note: string;
}

const REASONS_SHOWN = 3;

/** The way from what was read to what each exporter has, one bar for each stage and each loss. */
export function funnelSteps({ funnel, sources, exporters }: RunReport): FunnelStep[] {
  const { read, rejected, normalised, dropped, passed, merged } = funnel;
  const lost = normalised - passed;
  return [
    kept('read', read, sources.map(({ id }) => id).join(', ')),
    loss('rejected', rejected, read, reasonsText(sources.map((source) => source.rejected))),
    kept('normalised', normalised, normalised > read - rejected ? 'one record may give several indicators' : ''),
    loss('dropped', lost, normalised, reasonsText([dropped])),
    kept('passed', passed, ''),
    loss('merged away', passed - merged, passed, 'named more than once'),
    kept('merged', merged, ''),
    ...exporters.flatMap((exporter) => exporterSteps(exporter, passed)),
  ];
}

function exporterSteps({ id, passed: own, merged, skipped, exported }: ExporterReport, passed: number): FunnelStep[] {
  const hasFilters = own !== passed;
  const of = hasFilters ? `of ${plain(merged)} after filters of its own` : '';
  return [
    { label: `exported to ${id}`, count: exported, tone: 'exported', from: 0, to: exported, note: of },
    loss(`skipped by ${id}`, merged - exported, merged, reasonsText([skipped])),
  ].filter(({ count, tone }) => tone === 'exported' || count > 0) as FunnelStep[];
}

function kept(label: string, count: number, note: string): FunnelStep {
  return { label, count, tone: 'kept', from: 0, to: count, note };
}

function loss(label: string, count: number, before: number, note: string): FunnelStep {
  return { label, count, tone: 'lost', from: before - count, to: before, note: count === 0 ? '' : note };
}

/** The most frequent reasons of several accounts, such as `tlp:red 12, skipped:to_ids 3 and 2 more`. */
function reasonsText(accounts: readonly Reasons[]): string {
  const counts = new Map<string, number>();
  for (const [reason, count] of accounts.flatMap((one) => Object.entries(one)))
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const shown = sorted.slice(0, REASONS_SHOWN).map(([reason, count]) => `${reason} ${plain(count)}`);
  const more = sorted.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

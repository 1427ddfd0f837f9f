import type { Reasons, RunReport } from '@misp-pipeline/core';
import type { Observations } from './trace/page-trace.ts';
import type { Row, State } from './trace/row.ts';

/** A reason for which indicators or records were left out at one stage. */
export interface Loss {
  readonly state: State;
  /** Id of the source, filter or exporter. */
  readonly stage: string;
  readonly reason: string;
  readonly count: number;
}

/** How many of a state happened, and how many of them are in the list of values. */
export interface Listed {
  readonly state: State;
  readonly listed: number;
  readonly total: number;
}

export type Tone = 'good' | 'quiet' | 'bad';

/** What a person wants to know first. */
export interface Verdict {
  readonly text: string;
  readonly tone: Tone;
}

/** All that the page shows. */
export interface PageModel extends Observations {
  readonly report: RunReport;
  readonly verdict: Verdict;
  /** The most frequent first. */
  readonly losses: readonly Loss[];
  /** Indicators dropped by warninglists, by list. */
  readonly warninglists: readonly (readonly [list: string, count: number])[];
  readonly listed: readonly Listed[];
}

const WARNINGLIST = /^warninglist:/;

export function pageModel(report: RunReport, observations: Observations): PageModel {
  const losses = lossesOf(report);
  const seen = publishes(report) ? observations : { ...observations, rows: observations.rows.map(unpublished) };
  const listed = listedOf(report, losses, seen);
  return { report, ...seen, verdict: verdictOf(report), losses, warninglists: warninglistsOf(losses), listed };
}

function publishes({ dryRun, guard }: RunReport): boolean {
  return !dryRun && guard.every(({ accepted }) => accepted);
}

function unpublished(row: Row): Row {
  return row.state === 'exported' ? { ...row, state: 'unpublished' } : row;
}

/** What a run without a result to publish, with one, or with trouble is called. */
export function verdictOf({ dryRun, guard, exporters }: RunReport): Verdict {
  if (guard.some(({ accepted }) => !accepted)) {
    const text = dryRun ? 'Dry run: a guard would refuse this' : 'Refused by a guard: nothing was published';
    return { text, tone: 'bad' };
  }
  if (dryRun) return { text: 'Dry run: nothing was published', tone: 'quiet' };
  if (exporters.some(({ reload }) => reload?.confirmed === false))
    return { text: 'Published, but an engine does not confirm it', tone: 'bad' };
  if (exporters.some(({ published }) => published?.changed === true)) return { text: 'Published', tone: 'good' };
  return { text: 'Nothing new: what was live stays live', tone: 'quiet' };
}

function lossesOf({ sources, filters, exporters }: RunReport): Loss[] {
  const losses = [
    ...sources.flatMap(({ id, rejected }) => lossesAt('rejected', id, rejected)),
    ...filters.flatMap(({ id, exporter, dropped }) =>
      lossesAt('dropped', exporter === undefined ? id : `${exporter}.${id}`, dropped),
    ),
    ...exporters.flatMap(({ id, skipped }) => lossesAt('skipped', id, skipped)),
  ];
  return losses.sort((a, b) => b.count - a.count);
}

function lossesAt(state: State, stage: string, reasons: Reasons): Loss[] {
  return Object.entries(reasons).map(([reason, count]) => ({ state, stage, reason, count }));
}

function warninglistsOf(losses: readonly Loss[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { state, reason, count } of losses) {
    if (state !== 'dropped' || !WARNINGLIST.test(reason)) continue;
    const list = reason.replace(WARNINGLIST, '');
    counts.set(list, (counts.get(list) ?? 0) + count);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

function listedOf(report: RunReport, losses: readonly Loss[], { rows, withdrawn }: Observations): Listed[] {
  const lost = (state: State) => sum(losses.filter((loss) => loss.state === state).map(({ count }) => count));
  const totals: readonly (readonly [State, number])[] = [
    [publishes(report) ? 'exported' : 'unpublished', sum(report.exporters.map(({ exported }) => exported))],
    ['dropped', lost('dropped')],
    ['skipped', lost('skipped')],
    ['rejected', lost('rejected')],
    ['withdrawn', withdrawn],
  ];
  return totals.map(([state, total]) => ({
    ...{ state, total },
    listed: sum(rows.filter((row) => row.state === state).map(({ count }) => count)),
  }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

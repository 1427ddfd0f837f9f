import { EXIT, type GuardFinding, type Latency, type ReleaseReport, z } from '@misp-pipeline/core';
import { liveAfterRelease, liveAfterRun, liveExporter, liveUnconfirmed } from './live-exporter.ts';
import type { Outcome } from './outcome.ts';
import { digestOf, runDigest } from './run-digest.ts';

const count = z.number().min(0);

/** What a pipeline remembers of its runs, in one document: what metrics, health and notifications are made of. */
const operationState = z.object({
  /** Runs so far, by result. */
  runs: z.object({ success: count, failure: count, guard: count, skipped: count }),
  lastRun: z
    .object({
      runId: z.string(),
      /** ISO 8601, as all times here. */
      startedAt: z.string(),
      finishedAt: z.string(),
      exitCode: z.int(),
      /** Code of the error; left out after a success. */
      code: z.string().optional(),
      /** Findings by guard, such as `withdrawn`. */
      guard: z.record(z.string(), count),
    })
    .optional(),
  lastSuccessAt: z.string().optional(),
  /** Of the last success. */
  digest: runDigest.optional(),
  /** By whatever it went live: a run, `apply` or `rollback`. */
  live: z.array(liveExporter),
  /** Seconds from publication at the origin to live here, summed over all runs. */
  latency: z.object({ count, sum: z.number(), buckets: z.array(z.object({ le: z.number(), count })) }).optional(),
  /** What somebody was told and need not be told again. */
  told: z.object({ trouble: z.string().optional(), quarantine: z.string().optional() }),
});

export type OperationState = z.output<typeof operationState>;

/** `trouble`: event and code, such as `guard GUARD_REFUSED`. `quarantine`: how many of which exporter. */
export type Told = OperationState['told'];

export const NO_RUNS: OperationState = { runs: { success: 0, failure: 0, guard: 0, skipped: 0 }, live: [], told: {} };

/** Reads a stored document; undefined when another version of this program wrote it in another form. */
export function parseState(text: string): OperationState | undefined {
  try {
    return operationState.safeParse(JSON.parse(text)).data;
  } catch {
    // No JSON at all.
    return undefined;
  }
}

/** Which run it was, and when. */
export interface RunIdentity {
  readonly runId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** The state after one more run. */
export function afterRun(
  state: OperationState,
  outcome: Outcome,
  run: RunIdentity,
  mask: (text: string) => string,
): OperationState {
  const { result } = outcome;
  if (result === 'skipped') return afterSkip(state);
  const runs = { ...state.runs, [result]: state.runs[result] + 1 };
  const finishedAt = run.finishedAt.toISOString();
  const identity = { runId: run.runId, startedAt: run.startedAt.toISOString(), finishedAt };
  if (result !== 'success') {
    const { exitCode, code, guard, unconfirmed } = outcome.failure;
    const lastRun = { ...identity, exitCode, code, guard: findingsByGuard(guard) };
    return afterUnconfirmed({ ...state, runs, lastRun }, unconfirmed);
  }
  const { report } = outcome;
  return {
    ...state,
    runs,
    lastRun: { ...identity, exitCode: EXIT.ok, guard: findingsByGuard(report.guard) },
    lastSuccessAt: finishedAt,
    digest: digestOf(report, mask),
    live: liveAfterRun(state.live, report),
    latency: added(state.latency, report.latency),
  };
}

/** The state after a run that did not begin. */
export function afterSkip(state: OperationState): OperationState {
  return { ...state, runs: { ...state.runs, skipped: state.runs.skipped + 1 } };
}

/** The state after `apply` or `rollback`, which are no runs: nothing is counted. */
export function afterRelease(state: OperationState, report: ReleaseReport): OperationState {
  return { ...state, live: liveAfterRelease(state.live, report) };
}

/** The state after the engine of an exporter did not confirm its new files; of none when it is undefined. */
export function afterUnconfirmed(state: OperationState, exporter: string | undefined): OperationState {
  return exporter === undefined ? state : { ...state, live: liveUnconfirmed(state.live, exporter) };
}

/** Counts findings by what stands before the colon of their id. */
function findingsByGuard(findings: readonly GuardFinding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { id } of findings) {
    const guard = id.replace(/:.*/s, '');
    counts[guard] = (counts[guard] ?? 0) + 1;
  }
  return counts;
}

/** The sum of two histograms; the new one alone where its bounds are others. */
function added(before: OperationState['latency'], run: Latency | undefined): OperationState['latency'] {
  if (run === undefined) return before;
  const sameBounds =
    before?.buckets.length === run.buckets.length && run.buckets.every(({ le }, i) => before.buckets[i]?.le === le);
  const base = sameBounds ? before : undefined;
  return {
    count: run.count + (base?.count ?? 0),
    sum: run.sum + (base?.sum ?? 0),
    buckets: run.buckets.map(({ le, count }, i) => ({ le, count: count + (base?.buckets[i]?.count ?? 0) })),
  };
}

import type { Clock, Logger, PipelineConfig, RunReport } from '@misp-pipeline/core';
import { masking } from '../metrics/masking.ts';
import { afterRun } from '../metrics/operation-state.ts';
import { OperationStore } from '../metrics/operation-store.ts';
import { type Outcome, outcomeOf } from '../metrics/outcome.ts';
import { writeMetricsFile } from '../metrics/textfile.ts';
import { announce } from '../notify/announce.ts';
import { attempt } from './attempt.ts';

export interface ObserveOptions {
  /** Names the run in logs, in notices and in its report. */
  readonly runId: string;
  /** With the id of the run in each line. */
  readonly logger: Logger;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Does a run and keeps account of it: counts, metrics in a file, a webhook. Returns and throws what the run does; what goes
 * wrong with the account is logged and changes nothing. Not for dry runs and plans, which are no runs to count.
 */
export async function observedRun(
  config: PipelineConfig,
  options: ObserveOptions,
  run: () => Promise<RunReport>,
): Promise<RunReport> {
  const startedAt = options.clock.now();
  let report: RunReport;
  try {
    report = await run();
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome !== undefined) await account(config, outcome, startedAt, options);
    throw error;
  }
  await account(config, { result: 'success', report }, startedAt, options);
  return report;
}

async function account(
  config: PipelineConfig,
  outcome: Outcome,
  startedAt: Date,
  { runId, logger, clock, signal }: ObserveOptions,
): Promise<void> {
  const now = clock.now();
  const store = new OperationStore(config.state);
  await attempt(logger, 'the run is not counted', () => {
    const run = { runId, startedAt, finishedAt: now };
    store.update((state) => afterRun(state, outcome, run, masking(config.secrets)));
  });
  await attempt(logger, '`metrics.file` is not written', () => writeMetricsFile(config, store, now));
  await attempt(logger, 'nobody is notified', () => announce(config, outcome, { store, logger, runId, now, signal }));
}

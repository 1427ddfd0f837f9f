import { type Logger, type PipelineConfig, type ReleaseReport, systemClock } from '@misp-pipeline/core';
import { afterRelease, afterUnconfirmed, type OperationState } from '../metrics/operation-state.ts';
import { OperationStore } from '../metrics/operation-store.ts';
import { failureOf } from '../metrics/outcome.ts';
import { writeMetricsFile } from '../metrics/textfile.ts';
import { attempt } from './attempt.ts';

/**
 * Does what `apply` or `rollback` does, and notes what is live then, for metrics and health. These are no runs: nothing is
 * counted, and nobody is notified, since whoever typed the command sees what comes of it. Returns and throws what `release`
 * does.
 */
export async function observedRelease(
  config: PipelineConfig,
  logger: Logger,
  release: () => Promise<ReleaseReport>,
): Promise<ReleaseReport> {
  const note = (change: (state: OperationState) => OperationState) =>
    attempt(logger, 'metrics do not show what is live', async () => {
      const store = new OperationStore(config.state);
      store.update(change);
      await writeMetricsFile(config, store, systemClock.now());
    });
  try {
    const report = await release();
    await note((state) => afterRelease(state, report));
    return report;
  } catch (error) {
    const { unconfirmed } = failureOf(error);
    if (unconfirmed !== undefined) await note((state) => afterUnconfirmed(state, unconfirmed));
    throw error;
  }
}

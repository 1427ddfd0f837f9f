import type { Logger, PipelineConfig, RunReport, Trace } from '@misp-pipeline/core';
import { History, messageOf, restorableReleases } from '@misp-pipeline/core';
import { IndexBuilder, IndexFolder, publishToRedis, SqliteIndex } from '@misp-pipeline/lookup';
import { bothTraces } from './both-traces.ts';
import { LiveRelease } from './live-release.ts';
import { indexFolder } from './open-index.ts';

export interface IndexedRunOptions {
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Somebody else who watches. */
  readonly trace?: Trace | undefined;
}

/**
 * Does a run, and where the config asks for it makes the index of everything that the run knows. The index follows what is
 * live: it changes only after the run has ended well. That it cannot be made is logged, and takes nothing back.
 */
export function indexedRun(
  config: PipelineConfig,
  options: IndexedRunOptions,
  run: (trace: Trace | undefined) => Promise<RunReport>,
): Promise<RunReport> {
  return watched(config, options, run, async (builder, { finishedAt: built }) => {
    const release = new LiveRelease(config.state).number;
    const snapshot = await builder.finish({ built, release }, options.signal);
    options.logger.info({ snapshot: snapshot.id, indicators: snapshot.indicators }, 'the index is in place');
    await hasReplaced(config, options);
  });
}

/** Does the run of a plan, and keeps the index of what it knows for when the plan is applied. */
export function indexedPlan(
  config: PipelineConfig,
  options: IndexedRunOptions,
  plan: (trace: Trace | undefined) => Promise<RunReport>,
): Promise<RunReport> {
  return watched(config, options, plan, async (builder, { fingerprint, finishedAt }) => {
    if (fingerprint !== undefined) await builder.finishPlan(fingerprint, finishedAt, options.signal);
  });
}

async function watched(
  config: PipelineConfig,
  { logger, trace }: IndexedRunOptions,
  run: (trace: Trace | undefined) => Promise<RunReport>,
  finish: (builder: IndexBuilder, report: RunReport) => Promise<void>,
): Promise<RunReport> {
  if (config.index === undefined) return run(trace);
  const builder = new IndexBuilder(indexFolder(config), config);
  try {
    const report = await run(trace === undefined ? builder : bothTraces(trace, builder));
    try {
      await finish(builder, report);
    } catch (error) {
      logger.error(`the index in \`${indexFolder(config)}\` is not renewed: ${messageOf(error)}`);
    }
    return report;
  } finally {
    builder.discard();
  }
}

/** What follows when another index answers: those that nobody can go back to are removed, and other nodes get a copy. */
export async function hasReplaced(config: PipelineConfig, { logger, signal }: IndexedRunOptions): Promise<void> {
  new IndexFolder(indexFolder(config)).prune(restorable(config));
  try {
    await copyToRedis(config, signal);
  } catch (error) {
    logger.error(`the index is renewed, but its copy for other nodes is not: ${messageOf(error)}`);
  }
}

function restorable({ state }: PipelineConfig): Set<number> {
  const history = new History(state);
  try {
    return restorableReleases(history);
  } finally {
    history.close();
  }
}

async function copyToRedis(config: PipelineConfig, signal: AbortSignal): Promise<void> {
  const redis = config.index?.redis;
  if (redis === undefined) return;
  const copy = new SqliteIndex(indexFolder(config)).copy();
  try {
    await publishToRedis(copy.indicators(), copy.snapshot, redis, signal);
  } finally {
    copy.close();
  }
}

import { History, type Logger, messageOf, type PipelineConfig, type RunReport, type Trace } from '@misp-pipeline/core';
import { IndexBuilder, publishToRedis, SqliteIndex } from '@misp-pipeline/lookup';
import { bothTraces } from './both-traces.ts';
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
export async function indexedRun(
  config: PipelineConfig,
  { logger, signal, trace }: IndexedRunOptions,
  run: (trace: Trace | undefined) => Promise<RunReport>,
): Promise<RunReport> {
  if (config.index === undefined) return run(trace);
  const builder = new IndexBuilder(indexFolder(config), config);
  try {
    const report = await run(trace === undefined ? builder : bothTraces(trace, builder));
    await publish(config, builder, report, { logger, signal });
    return report;
  } finally {
    builder.discard();
  }
}

async function publish(
  config: PipelineConfig,
  builder: IndexBuilder,
  { finishedAt: built }: RunReport,
  { logger, signal }: IndexedRunOptions,
): Promise<void> {
  const folder = indexFolder(config);
  try {
    const snapshot = await builder.finish({ built, release: liveRelease(config) }, signal);
    logger.info({ snapshot: snapshot.id, indicators: snapshot.indicators }, 'the index is in place');
  } catch (error) {
    logger.error(`the index in \`${folder}\` is not renewed: ${messageOf(error)}`);
    return;
  }
  try {
    await copyToRedis(config, signal);
  } catch (error) {
    logger.error(`the index is renewed, but its copy for other nodes is not: ${messageOf(error)}`);
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

function liveRelease({ state }: PipelineConfig): number | undefined {
  const history = new History(state);
  try {
    return history.releases.newest('live')?.id;
  } finally {
    history.close();
  }
}

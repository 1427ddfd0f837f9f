import {
  History,
  messageOf,
  type PipelineConfig,
  type RunOptions,
  type RunReport,
  restorableReleases,
  runPipeline,
} from '@misp-pipeline/core';
import { IndexBuilder, IndexFolder, publishToRedis, SqliteIndex } from '@misp-pipeline/lookup';
import { bothTraces } from './both-traces.ts';
import { LiveRelease } from './live-release.ts';
import { indexFolder } from './open-index.ts';

type Circumstances = Pick<RunOptions, 'logger' | 'signal'>;

/**
 * Does a run, or a plan, and where the config asks for it makes the index of everything that was read. The index follows what
 * is live: that of a run answers when the run has ended well, and that of a plan when the plan is applied. No other run
 * can begin before, which would be overtaken otherwise. That it cannot be made is logged, and takes nothing back.
 */
export async function indexedRun(config: PipelineConfig, options: RunOptions): Promise<RunReport> {
  if (config.index === undefined) return runPipeline(config, options);
  const builder = new IndexBuilder(indexFolder(config), config);
  try {
    const trace = options.trace === undefined ? builder : bothTraces(options.trace, builder);
    const settled = async (report: RunReport) => {
      try {
        await (options.plan === true ? keep(builder, report, options) : publish(config, builder, report, options));
      } catch (error) {
        options.logger.error(`the index in \`${indexFolder(config)}\` is not renewed: ${messageOf(error)}`);
      }
    };
    return await runPipeline(config, { ...options, trace, settled });
  } finally {
    builder.discard();
  }
}

async function keep(
  builder: IndexBuilder,
  { fingerprint, finishedAt }: RunReport,
  { signal }: Circumstances,
): Promise<void> {
  if (fingerprint !== undefined) await builder.finishPlan(fingerprint, finishedAt, signal);
}

async function publish(
  config: PipelineConfig,
  builder: IndexBuilder,
  { finishedAt: built }: RunReport,
  circumstances: Circumstances,
): Promise<void> {
  const release = new LiveRelease(config.state).number;
  const snapshot = await builder.finish({ built, release }, circumstances.signal);
  circumstances.logger.info({ snapshot: snapshot.id, indicators: snapshot.indicators }, 'the index is in place');
  await hasReplaced(config, circumstances);
}

/** What follows when another index answers: those that nobody can go back to are removed, and other nodes get a copy. */
export async function hasReplaced(config: PipelineConfig, { logger, signal }: Circumstances): Promise<void> {
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

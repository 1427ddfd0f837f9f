import { join } from 'node:path';
import { type PipelineConfig, pipelineError } from '@misp-pipeline/core';
import {
  behind,
  IndexUnavailable,
  knowingLive,
  type LookupIndex,
  NoIndex,
  RedisIndex,
  SqliteIndex,
  withFallback,
} from '@misp-pipeline/lookup';
import { LiveRelease } from './live-release.ts';

type Indexed = Pick<PipelineConfig, 'state' | 'index'>;

/** Folder of the index on this machine. */
export function indexFolder({ state, index }: Indexed): string {
  return index?.dir ?? join(state, 'index');
}

/**
 * The index of a config: the one that several nodes share, where it names one; that of this machine stands in for it, and says
 * when another release is live than its own.
 */
export function openIndex(config: Indexed): LookupIndex {
  const live = new LiveRelease(config.state);
  const local = knowingLive(new SqliteIndex(indexFolder(config)), () => live.number);
  const redis = config.index?.redis;
  return redis === undefined ? local : withFallback(new RedisIndex(redis), local);
}

/** {@link openIndex} for a command that is of no use without one. Throws INDEX_MISSING. */
export async function openReadyIndex(config: Indexed): Promise<LookupIndex> {
  const index = openIndex(config);
  try {
    await index.snapshot();
    return index;
  } catch (error) {
    await index.close();
    if (!(error instanceof NoIndex || error instanceof IndexUnavailable)) throw error;
    throw pipelineError('INDEX_MISSING', { why: error.message, hint: error.hint }, error);
  }
}

/** Says that another release is live than the one that an index on this machine is of; undefined when that is not so. */
export async function behindLive({ state, index }: Indexed, opened: LookupIndex): Promise<string | undefined> {
  return index?.redis === undefined ? behind(await opened.snapshot(), new LiveRelease(state).number) : undefined;
}

/** {@link openReadyIndex} for a command that loses what an old index does not know. Throws INDEX_MISSING for one, too. */
export async function openLiveIndex(config: Indexed): Promise<LookupIndex> {
  const index = await openReadyIndex(config);
  const why = await behindLive(config, index);
  if (why === undefined) return index;
  await index.close();
  throw pipelineError('INDEX_MISSING', { why, hint: 'Nothing was read. Run the pipeline, which renews the index.' });
}

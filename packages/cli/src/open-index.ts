import { join } from 'node:path';
import { type PipelineConfig, pipelineError } from '@misp-pipeline/core';
import {
  IndexUnavailable,
  type LookupIndex,
  NoIndex,
  RedisIndex,
  SqliteIndex,
  withFallback,
} from '@misp-pipeline/lookup';

type Indexed = Pick<PipelineConfig, 'state' | 'index'>;

/** Folder of the index on this machine. */
export function indexFolder({ state, index }: Indexed): string {
  return index?.dir ?? join(state, 'index');
}

/** The index of a config: the one that several nodes share, where it names one; that of this machine stands in for it. */
export function openIndex(config: Indexed): LookupIndex {
  const local = new SqliteIndex(indexFolder(config));
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

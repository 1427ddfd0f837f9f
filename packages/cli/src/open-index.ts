import { join } from 'node:path';
import type { PipelineConfig } from '@misp-pipeline/core';
import { type LookupIndex, RedisIndex, SqliteIndex, withFallback } from '@misp-pipeline/lookup';

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

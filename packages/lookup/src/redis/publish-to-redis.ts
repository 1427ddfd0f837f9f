import type { RedisOptions } from '@misp-pipeline/core';
import type { KnownIndicator, Snapshot } from '../known.ts';
import { batchesOf } from './batches.ts';
import { Loading } from './loading.ts';
import { RedisConnection } from './redis-connection.ts';

/**
 * Loads a snapshot beside the one that is in force and then puts it in its place, in one step. Only a batch of records is in
 * memory, and the next is read when Redis has the last. When it fails, is aborted or killed, the snapshot in force stays, and
 * Redis forgets what was loaded. Of several that publish at once, the last to end is in force, whole.
 *
 * Returns the snapshot that was replaced. Throws when `records` are not as many as `snapshot` says, and `IndexUnavailable`.
 */
export async function publishToRedis(
  records: Iterable<KnownIndicator> | AsyncIterable<KnownIndicator>,
  snapshot: Snapshot,
  options: RedisOptions,
  signal: AbortSignal,
): Promise<Snapshot | undefined> {
  const redis = new RedisConnection(options);
  const loading = new Loading(redis, options, snapshot.indicators);
  try {
    await load(records, snapshot, loading, signal);
    return await loading.switchOver(snapshot);
  } finally {
    await redis.close();
  }
}

/** Leaves nothing behind when it fails. */
async function load(
  records: Iterable<KnownIndicator> | AsyncIterable<KnownIndicator>,
  snapshot: Snapshot,
  loading: Loading,
  signal: AbortSignal,
): Promise<void> {
  try {
    signal.throwIfAborted();
    await loading.begin();
    let loaded = 0;
    for await (const batch of batchesOf(records)) {
      signal.throwIfAborted();
      await loading.add(batch);
      loaded += batch.length;
    }
    signal.throwIfAborted();
    if (loaded === snapshot.indicators) return;
    throw new Error(`the snapshot \`${snapshot.id}\` has ${snapshot.indicators} indicators, but ${loaded} came`);
  } catch (error) {
    // When Redis is away, it forgets by itself.
    await loading.discard().catch(() => undefined);
    throw error;
  }
}

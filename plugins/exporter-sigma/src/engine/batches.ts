import { availableParallelism } from 'node:os';

/** Rules in one call: sigma-cli holds them all in memory, about 10 kB for each value. */
const BATCH = 500;

/** More calls at a time would take too much of the machine. */
const MAX_CALLS = 4;

/** Fewer rules are not worth the start of another call. */
const MIN_BATCH = 50;

/**
 * Runs an action on parts of a list, several at a time, and returns the results in order. There is one part at least,
 * so that an empty list shows whether the action can be run at all.
 */
export async function inBatches<T, R>(items: readonly T[], action: (batch: readonly T[]) => Promise<R>): Promise<R[]> {
  const calls = Math.min(MAX_CALLS, availableParallelism());
  const size = Math.min(BATCH, Math.max(MIN_BATCH, Math.ceil(items.length / calls)));
  const count = Math.max(1, Math.ceil(items.length / size));
  const results: R[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const number = next++;
      results[number] = await action(items.slice(number * size, (number + 1) * size));
    }
  };
  await Promise.all(Array.from({ length: calls }, work));
  return results;
}

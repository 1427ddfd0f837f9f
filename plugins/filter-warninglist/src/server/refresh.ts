import { messageOf, oneLine } from '@misp-pipeline/core';
import { fetchWarninglist, HttpError, type MispClient } from '@misp-pipeline/misp';
import { warninglistOf } from '../list-file.ts';
import { explained } from './explained.ts';
import { type CachedList, editionOf, entriesHeld, isCurrent, type ListCache } from './list-cache.ts';

/** After so many failures in a row the server is taken to be down. */
const MOST_FAILURES = 3;

/** Where lists come from and go to. */
export interface Transfer {
  readonly client: MispClient;
  readonly cache: ListCache;
  readonly signal: AbortSignal;
}

/** Lists to be had: those for which `isUsed` says so, all of them anew when `full`. */
export interface Demand {
  readonly isUsed: (list: CachedList) => boolean;
  readonly full: boolean;
}

export interface Refreshed {
  /** The given lists; `held` says what copies there are now. */
  readonly lists: readonly CachedList[];
  /** How many were fetched. */
  readonly fetched: number;
  /** Why others could not be, a sentence each. */
  readonly failures: readonly string[];
}

/**
 * Fetches into the cache what is used and not current, one list at a time, since PHP builds each answer in memory. Goes
 * on after a list that cannot be had, so that the report names all, and gives up after three in a row. A list that the
 * server has emptied does not displace its copy.
 */
export async function refresh(lists: readonly CachedList[], demand: Demand, transfer: Transfer): Promise<Refreshed> {
  const refreshed: CachedList[] = [];
  const failures: string[] = [];
  let fetched = 0;
  let failuresInARow = 0;
  for (const list of lists) {
    if (!demand.isUsed(list)) {
      refreshed.push({ ...list, held: '' });
      continue;
    }
    if ((isCurrent(list) && !demand.full) || failuresInARow === MOST_FAILURES) {
      refreshed.push(list);
      continue;
    }
    if (list.entries === 0 && entriesHeld(list) > 0 && !demand.full) {
      failures.push(`\`${list.slug}\`: the server has emptied it; a full run accepts that`);
      refreshed.push(list);
      continue;
    }
    const failure = await failureOf(list, transfer);
    if (failure === undefined) {
      fetched++;
      failuresInARow = 0;
      refreshed.push({ ...list, held: editionOf(list) });
    } else {
      failures.push(failure);
      failuresInARow++;
      refreshed.push(list);
    }
  }
  return { lists: refreshed, fetched, failures };
}

/** Fetches one list; says why when that fails. */
async function failureOf(list: CachedList, { client, cache, signal }: Transfer): Promise<string | undefined> {
  try {
    await cache.write(list, usable(list, await fetchWarninglist(client, list, signal)));
    return undefined;
  } catch (error) {
    if (error instanceof HttpError) return `\`${list.slug}\`: ${explained(error)}`;
    throw error;
  }
}

/** A list that cannot be read later must not displace a good copy. */
function usable({ slug }: CachedList, document: unknown): unknown {
  try {
    warninglistOf(slug, document);
    return document;
  } catch (error) {
    throw new HttpError('invalid', `the list ${oneLine(messageOf(error))}`);
  }
}

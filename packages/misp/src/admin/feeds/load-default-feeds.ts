import { readAgain } from '../read-again.ts';
import type { Feed } from './feed.ts';
import type { FeedApi } from './feed-api.ts';

/** What the list that MISP brings along has added. */
export interface LoadedFeeds {
  readonly before: number;
  /** Empty in a dry run: only the server knows its list. */
  readonly added: readonly Feed[];
  /** The server's words; undefined in a dry run. */
  readonly note: string | undefined;
  /** Why it is not known what was added. */
  readonly fault: string | undefined;
}

export async function loadDefaultFeeds(api: FeedApi, { dryRun }: { dryRun: boolean }): Promise<LoadedFeeds> {
  const before = await api.list();
  if (dryRun) return { before: before.length, added: [], note: undefined, fault: undefined };
  const note = await api.loadDefaults();
  const reading = await readAgain(() => api.list());
  if ('fault' in reading) return { before: before.length, added: [], note, fault: reading.fault };
  const known = new Set(before.map(({ id }) => id));
  const added = reading.things.filter(({ id }) => !known.has(id));
  return { before: before.length, added, note, fault: undefined };
}

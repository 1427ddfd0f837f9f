import type { Feed } from './feed.ts';
import type { FeedApi } from './feed-api.ts';

/** What the list that MISP brings along has added. */
export interface LoadedFeeds {
  readonly before: number;
  /** Empty in a dry run: only the server knows its list. */
  readonly added: readonly Feed[];
  /** The server's words; undefined in a dry run. */
  readonly note: string | undefined;
}

export async function loadDefaultFeeds(api: FeedApi, { dryRun }: { dryRun: boolean }): Promise<LoadedFeeds> {
  const before = await api.list();
  if (dryRun) return { before: before.length, added: [], note: undefined };
  const note = await api.loadDefaults();
  const known = new Set(before.map(({ id }) => id));
  return { before: before.length, added: (await api.list()).filter(({ id }) => !known.has(id)), note };
}

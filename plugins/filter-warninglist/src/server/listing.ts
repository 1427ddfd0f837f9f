import { type Logger, oneLine } from '@misp-pipeline/core';
import type { ListedWarninglist } from '@misp-pipeline/misp';
import type { CachedList } from './list-cache.ts';
import { knownSlug, withSlugs } from './slugs.ts';

/** What the server has now, and which copies of it earlier runs have left. */
export function listingOf(listed: readonly ListedWarninglist[], before: readonly CachedList[]): readonly CachedList[] {
  const copies = new Map(before.map((list) => [list.id, list]));
  return withSlugs(listed).map((list) => {
    const copy = copies.get(list.id);
    return { ...list, name: oneLine(list.name), held: copy?.slug === list.slug ? copy.held : '' };
  });
}

/** Says what is not used any more, and which short names have been made up. */
export function reportListing(before: readonly CachedList[], now: readonly CachedList[], logger: Logger): void {
  const after = new Map(now.map((list) => [list.id, list]));
  const lost = before.filter(({ id, held }) => held !== '' && after.get(id)?.held === '');
  const gone = before.filter(({ id, held }) => held !== '' && !after.has(id));
  if (gone.length > 0) logger.warn({ lists: slugsOf(gone) }, 'warninglists that the server has no more are not used');
  if (lost.length > 0)
    logger.warn({ lists: slugsOf(lost) }, 'warninglists that are disabled or not chosen any more are not used');
  const unknown = now.filter(({ name, held }) => held !== '' && knownSlug(name) === undefined);
  if (unknown.length === 0) return;
  const names = Object.fromEntries(unknown.map(({ slug, name }) => [slug, name]));
  logger.info({ names }, 'warninglists that MISP/misp-warninglists has not; their short names are made of their names');
}

function slugsOf(lists: readonly CachedList[]): readonly string[] {
  return lists.map(({ slug }) => slug);
}

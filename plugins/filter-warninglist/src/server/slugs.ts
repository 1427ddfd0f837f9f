import type { ListedWarninglist } from '@misp-pipeline/misp';
import { KNOWN_LISTS } from './known-lists.ts';

/** Short name of a list: a word that is safe as the name of a file. */
export const SLUG = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** A name may be of any length; so much of it tells lists apart. */
const LONGEST_NAME = 200;
const LONGEST_SLUG = 60;

const KNOWN = new Map(KNOWN_LISTS.map(([name, slug]) => [wordsOf(name), slug]));

/**
 * Lists of a server with the short name of each: that of MISP/misp-warninglists when the list's name is known, compared
 * without regard to case and punctuation, else one made of its words. No two are the same, also for a file system that
 * ignores case; of lists with the same name the first that is enabled has the plain one. The order stays.
 */
export function withSlugs<List extends Pick<ListedWarninglist, 'id' | 'name' | 'enabled'>>(
  lists: readonly List[],
): readonly (List & { readonly slug: string })[] {
  const slugs = new Map<List, string>();
  const taken = new Set<string>();
  for (const list of lists.toSorted((a, b) => Number(b.enabled) - Number(a.enabled))) {
    let slug = knownSlug(list.name) ?? slugFrom(list.name);
    while (taken.has(slug.toLowerCase())) slug = `${slug}-${list.id}`;
    taken.add(slug.toLowerCase());
    slugs.set(list, slug);
  }
  return lists.map((list) => ({ ...list, slug: slugs.get(list) ?? '' }));
}

/** The short name that MISP/misp-warninglists has for a list, or undefined when it has none of this name. */
export function knownSlug(name: string): string | undefined {
  return KNOWN.get(wordsOf(name));
}

/** `List of known Example ranges` becomes `example-ranges`, so that the patterns of groups may meet it as well. */
function slugFrom(name: string): string {
  const words = wordsOf(name).replace(/^list-of-(?:known-)?/, '');
  return words.slice(0, LONGEST_SLUG).replace(/-$/, '') || 'unnamed';
}

function wordsOf(name: string): string {
  const words = name
    .slice(0, LONGEST_NAME)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return words.replace(/^-|-$/g, '');
}

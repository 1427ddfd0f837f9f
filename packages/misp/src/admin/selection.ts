import { wildcards } from '../text/wildcard.ts';
import { failed, type Named, type Outcome } from './outcome.ts';

/** What a person's words chose, and what they did not. */
export interface Selection<T extends Named> {
  /** Each once, in the server's order. */
  readonly chosen: readonly T[];
  /** Words that chose nothing, or that could mean several. */
  readonly misses: readonly Outcome[];
}

/**
 * Chooses by `all`, by id, or by name in any case, in which `*` stands for any text. A name without `*` that several
 * have chooses none of them: their ids tell them apart. `isOfAll` says which ones `all` means.
 */
export function select<T extends Named>(
  things: readonly T[],
  words: readonly string[],
  isOfAll: (thing: T) => boolean = () => true,
): Selection<T> {
  const chosen = new Set<T>(words.includes('all') ? things.filter(isOfAll) : []);
  const misses: Outcome[] = [];
  for (const word of words) {
    if (word === 'all') continue;
    const found = named(things, word);
    if (found.length === 0) misses.push(failed({ name: word }, 'unknown', 'nothing on the server has this id or name'));
    else if (found.length > 1 && !word.includes('*')) {
      const ids = found.map(({ id }) => id).join(', ');
      misses.push(failed({ name: word }, 'ambiguous', `several have this name: write one of the ids ${ids}`));
    } else for (const thing of found) chosen.add(thing);
  }
  return { chosen: things.filter((thing) => chosen.has(thing)), misses };
}

function named<T extends Named>(things: readonly T[], word: string): T[] {
  if (/^\d+$/.test(word)) return things.filter(({ id }) => id === word);
  const isMeant = wildcards([word]);
  return things.filter(({ name }) => isMeant(name));
}

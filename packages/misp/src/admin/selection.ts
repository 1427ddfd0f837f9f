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
 * have chooses none of them: their ids tell them apart.
 */
export function select<T extends Named>(things: readonly T[], words: readonly string[]): Selection<T> {
  const chosen = new Set<T>();
  const misses: Outcome[] = [];
  for (const word of words) {
    const found = things.filter((thing) => isMeant(thing, word));
    if (found.length === 0) misses.push(failed({ name: word }, 'unknown', 'nothing on the server has this id or name'));
    else if (found.length > 1 && word !== 'all' && !word.includes('*')) {
      const ids = found.map(({ id }) => id).join(', ');
      misses.push(failed({ name: word }, 'ambiguous', `several have this name: write one of the ids ${ids}`));
    } else for (const thing of found) chosen.add(thing);
  }
  return { chosen: things.filter((thing) => chosen.has(thing)), misses };
}

function isMeant({ id, name }: Named, word: string): boolean {
  if (word === 'all') return true;
  return /^\d+$/.test(word) ? id === word : matchesPattern(name, word);
}

/** Whether a text is a pattern in which `*` stands for any text; case does not count. Needs no backtracking. */
export function matchesPattern(text: string, pattern: string): boolean {
  const name = text.toLowerCase();
  const [start = '', ...rest] = pattern.toLowerCase().split('*');
  const end = rest.pop();
  if (end === undefined) return name === start;
  if (!name.startsWith(start)) return false;
  let from = start.length;
  for (const piece of rest) {
    const at = name.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return name.length - end.length >= from && name.endsWith(end);
}

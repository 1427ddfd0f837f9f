/** What a search found, and what it cost. */
export interface Refused<T> {
  readonly refused: readonly T[];
  /** How often the engine was asked. */
  readonly runs: number;
}

/**
 * Finds the entries that an engine refuses when its messages do not name them: halves what is refused until single
 * entries are left. `accepts` is asked about 2 k log2(n / k) times for k bad entries among n. Of entries that are
 * refused only together, enough are named for the rest to be taken.
 */
export async function findRefused<T>(
  entries: readonly T[],
  accepts: (entries: readonly T[]) => Promise<boolean>,
): Promise<Refused<T>> {
  const refused: T[] = [];
  let runs = 0;
  const isFine = async (part: readonly T[]) => {
    runs++;
    return accepts(part);
  };
  /** Searches a part that is refused. */
  const search = async (part: readonly T[]): Promise<void> => {
    if (part.length === 1) {
      refused.push(...part);
      return;
    }
    const middle = part.length >> 1;
    const [first, second] = [part.slice(0, middle), part.slice(middle)];
    const isFirstFine = await isFine(first);
    if (!isFirstFine) await search(first);
    // When the first half is fine, what is wrong is in the second.
    if (isFirstFine || !(await isFine(second))) await search(second);
  };
  if (entries.length > 0 && !(await isFine(entries))) await search(entries);
  return { refused, runs };
}

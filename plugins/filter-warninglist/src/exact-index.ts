/** The lists that hold one and the same entry. Equal sets are one object, so that an entry costs one pointer. */
class ListSet {
  /** All lists that hold the entry. */
  readonly lists: readonly number[];
  /** Those of them whose entry also means the names below it. */
  readonly above: readonly number[];
  readonly #larger = new Map<number, ListSet>();

  constructor(lists: readonly number[], above: readonly number[]) {
    this.lists = lists;
    this.above = above;
  }

  with(list: number, meansNamesBelow: boolean): ListSet {
    const key = meansNamesBelow ? -1 - list : list;
    let larger = this.#larger.get(key);
    if (larger === undefined) {
      const lists = this.lists.includes(list) ? this.lists : [...this.lists, list];
      const isNew = meansNamesBelow && !this.above.includes(list);
      larger = new ListSet(lists, isNew ? [...this.above, list] : this.above);
      this.#larger.set(key, larger);
    }
    return larger;
  }
}

const NO_LISTS: readonly number[] = [];

/** Finds the lists that hold a text, or a domain above it, in one look-up for all lists together. */
export class ExactIndex {
  readonly #empty = new ListSet(NO_LISTS, NO_LISTS);
  readonly #sets = new Map<string, ListSet>();

  /** `meansNamesBelow`: the entry also stands for all names that end in it, after a dot. */
  add(list: number, entry: string, meansNamesBelow: boolean): void {
    const set = this.#sets.get(entry) ?? this.#empty;
    this.#sets.set(entry, set.with(list, meansNamesBelow));
  }

  /** Lists that hold the very text. */
  listsWith(text: string): readonly number[] {
    return this.#sets.get(text)?.lists ?? NO_LISTS;
  }

  /** Lists that hold the domain and mean the names below it too. */
  listsAbove(domain: string): readonly number[] {
    return this.#sets.get(domain)?.above ?? NO_LISTS;
  }
}

/** The lists that hold one and the same entry. Equal sets are one object, so that an entry costs one pointer. */
export class ListSet {
  /** Positions of all lists that hold the entry. */
  readonly lists: readonly number[];
  /** Those of them in which the entry also means the names below it. */
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
      larger = new ListSet(including(this.lists, list), meansNamesBelow ? including(this.above, list) : this.above);
      this.#larger.set(key, larger);
    }
    return larger;
  }
}

function including(lists: readonly number[], list: number): readonly number[] {
  return lists.includes(list) ? lists : [...lists, list];
}

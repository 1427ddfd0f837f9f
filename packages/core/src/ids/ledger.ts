/** A number that stays with a key for ever, and how often the text under it has changed. */
export interface AssignedId {
  readonly id: number;
  /** 1 for the first text; grows by one with each change of the text. */
  readonly revision: number;
}

/** Numbers of one range. */
export interface IdBook {
  /**
   * The number of `key`, which is the same in every run and on every machine that shares the state folder. A number is
   * never given to another key, also when its own key is long gone. `text` is what stands under the number without
   * number and revision.
   */
  assign(key: string, text: string): AssignedId;
}

export interface IdRange {
  /** First number that may be given, at least 1. */
  readonly first: number;
  /** Last number that may be given. */
  readonly last: number;
}

export interface IdLedger {
  /** Opens the stage's book for numbers in `range`; those in `taken` belong to somebody else and are never given. */
  book(range: IdRange, taken?: ReadonlySet<number>): IdBook;
}

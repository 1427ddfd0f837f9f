/** How often each reason occurred, by reason in order of the alphabet. */
export type Reasons = Readonly<Record<string, number>>;

/** Counts reasons. */
export class ReasonCounter {
  readonly #counts = new Map<string, number>();
  total = 0;

  add(reason: string, count = 1): void {
    this.total += count;
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count);
  }

  toJSON(): Reasons {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

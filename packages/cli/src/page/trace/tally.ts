/** Where names beyond the limit are counted. */
const OTHERS = '(others)';

/** Sources may invent names without end. */
const NAMES_LIMIT = 1000;

/** How many indicators have a name, for each exporter. */
export interface TallyRow {
  readonly name: string;
  readonly counts: ReadonlyMap<string, number>;
}

/** Counts exported indicators by a name that they have: kind, label, organisation or source. */
export class Tally {
  readonly #names = new Map<string, Map<string, number>>();

  add(name: string, exporter: string): void {
    const known = this.#names.has(name) || this.#names.size < NAMES_LIMIT ? name : OTHERS;
    const counts = this.#names.get(known) ?? new Map<string, number>();
    this.#names.set(known, counts.set(exporter, (counts.get(exporter) ?? 0) + 1));
  }

  /** The names, the most frequent first. */
  rows(): readonly TallyRow[] {
    const rows = [...this.#names].map(([name, counts]) => ({ name, counts, most: Math.max(...counts.values()) }));
    return rows.sort((a, b) => b.most - a.most || (a.name < b.name ? -1 : 1));
  }
}

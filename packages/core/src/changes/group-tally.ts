import type { ChangeCounts, ChangeGroup } from '../run/report.ts';

export const CHANGES = ['added', 'changed', 'withdrawn'] as const satisfies readonly (keyof ChangeCounts)[];

export type Change = (typeof CHANGES)[number];

/** Groups that are named one by one. */
const MOST_NAMED = 100;

interface Group {
  readonly title: string;
  /** For each exporter, the three sorts of change. */
  readonly counts: number[];
}

/** Adds up the changes of all exporters by event, or by organisation. */
export class GroupTally {
  readonly #width: number;
  readonly #groups = new Map<string, Group>();

  /** @param exporters how many there are. */
  constructor(exporters: number) {
    this.#width = exporters * CHANGES.length;
  }

  /** Counts one indicator for the exporters at the indexes. */
  add(id: string, title: string, change: number, exporters: readonly number[]): void {
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = { title, counts: new Array<number>(this.#width).fill(0) };
      this.#groups.set(id, group);
    }
    const { counts } = group;
    for (const exporter of exporters) {
      const at = exporter * CHANGES.length + change;
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }

  /** The groups of an exporter with the most changes, the most first. */
  largest(exporter: number): ChangeGroup[] {
    const at = exporter * CHANGES.length;
    return [...this.#groups]
      .map(([id, { title, counts }]) => {
        const [added = 0, changed = 0, withdrawn = 0] = counts.slice(at, at + CHANGES.length);
        return { id, title, added, changed, withdrawn };
      })
      .filter((group) => sizeOf(group) > 0)
      .sort((a, b) => sizeOf(b) - sizeOf(a) || (a.id < b.id ? -1 : 1))
      .slice(0, MOST_NAMED);
  }
}

function sizeOf({ added, changed, withdrawn }: ChangeCounts): number {
  return added + changed + withdrawn;
}

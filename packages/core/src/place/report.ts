/** What placing did, or is about to do, at one place of one exporter. Paths are absolute. */
export interface PlaceReport {
  readonly exporter: string;
  /** Folder or archive, as in the config. */
  readonly place: string;
  /** New files, and files with other bytes than before. */
  readonly written: readonly string[];
  /** Files with the right bytes that got another owner or other permissions. */
  readonly corrected: readonly string[];
  /** Files of ours that are gone. */
  readonly removed: readonly string[];
  /** Files that something else had put there; also among `written` or `removed`. */
  readonly takenOver: readonly string[];
  readonly unchanged: number;
  /** Patterns that select no file. */
  readonly unmatched: readonly string[];
}

/** Whether an engine has something new to read there. */
export function hasChanged({ written, removed }: PlaceReport): boolean {
  return written.length + removed.length > 0;
}

type Lists = { [K in 'written' | 'corrected' | 'removed' | 'takenOver']: string[] };

/** Gathers the reports of all places. */
export class PlaceReports {
  readonly #reports = new Map<
    string,
    Lists & { exporter: string; place: string; unchanged: number; unmatched: string[] }
  >();

  /** The report of a place, to add to. */
  of({ exporter, place }: { readonly exporter: string; readonly place: string }) {
    const key = JSON.stringify([exporter, place]);
    let report = this.#reports.get(key);
    if (report === undefined) {
      const lists = { written: [], corrected: [], removed: [], takenOver: [] };
      report = { exporter, place, ...lists, unchanged: 0, unmatched: [] };
      this.#reports.set(key, report);
    }
    return report;
  }

  all(): PlaceReport[] {
    return [...this.#reports.values()];
  }
}

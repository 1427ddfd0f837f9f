import type { PastEntry } from '../history/entries.ts';
import type { History } from '../history/history.ts';
import type { ExporterChanges } from '../run/report.ts';
import { compareBytes, compareKeys } from './byte-order.ts';
import { ChangeSummary } from './summary.ts';

/** What differs between two releases, by exporter; `to` may be the earlier one. */
export function diffReleases(history: History, from: number, to: number): Map<string, ExporterChanges> {
  const summaries = new Map<string, ChangeSummary>();
  const summaryOf = (id: string) => {
    const summary = summaries.get(id) ?? new ChangeSummary();
    summaries.set(id, summary);
    return summary;
  };
  for (const { entry, before, after } of pairs(history.entries.at(from), history.entries.at(to))) {
    const { kind, value, direction, port } = entry;
    const events = entry.events.flatMap((id) => history.events.byId(id) ?? []);
    for (const id of history.exporters.idsOf((before?.exporters ?? 0) | (after?.exporters ?? 0))) {
      const mask = history.exporters.maskOf(id);
      const was = ((before?.exporters ?? 0) & mask) !== 0;
      const is = ((after?.exporters ?? 0) & mask) !== 0;
      const summary = summaryOf(id);
      if (was) summary.before++;
      if (is) summary.after++;
      if (was && is && before?.digest === after?.digest) continue;
      const change = was && is ? 'changed' : was ? 'withdrawn' : 'added';
      const cause = was && !is ? before?.cause : undefined;
      summary.add({ kind, value, direction, port, change, cause, events });
    }
  }
  return new Map([...summaries].map(([id, summary]) => [id, summary.summary()]));
}

interface Pair {
  /** As it is in the later of the two, where it is there. */
  readonly entry: PastEntry;
  readonly before: PastEntry | undefined;
  readonly after: PastEntry | undefined;
}

/** What stands in both, or in one of them, in their common order. */
function* pairs(left: Generator<PastEntry>, right: Generator<PastEntry>): Generator<Pair> {
  let before = next(left);
  let after = next(right);
  for (;;) {
    const order = before !== undefined && after !== undefined ? compare(before, after) : 0;
    const was = order <= 0 ? before : undefined;
    const is = order >= 0 ? after : undefined;
    const entry = is ?? was;
    if (entry === undefined) return;
    yield { entry, before: was, after: is };
    if (was !== undefined) before = next(left);
    if (is !== undefined) after = next(right);
  }
}

function next(entries: Generator<PastEntry>): PastEntry | undefined {
  return entries.next().value ?? undefined;
}

function compare(a: PastEntry, b: PastEntry): number {
  return compareBytes(a.kind, b.kind) || compareKeys(a, b);
}

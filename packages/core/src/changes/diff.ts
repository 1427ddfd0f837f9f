import type { PastEntry } from '../history/entry.ts';
import type { History } from '../history/history.ts';
import { indicatorKey } from '../indicator.ts';
import type { ExporterChanges } from '../run/report.ts';
import { compareBytes } from './byte-order.ts';
import type { Change } from './group-tally.ts';
import { ChangeSummary, type Why } from './summary.ts';

/** What differs between two releases, by exporter; `to` may be the earlier one. */
export function diffReleases(history: History, from: number, to: number): Map<string, ExporterChanges> {
  const exporters = history.exporters.all();
  const summary = new ChangeSummary(exporters.length);
  const inMask = (mask: number) => exporters.flatMap((exporter, i) => ((mask & exporter.mask) === 0 ? [] : [i]));
  const causes = new PastCauses(history, from, to);
  const seen = new Set<number>();
  for (const { entry, before, after } of pairs(history.entries.at(from), history.entries.at(to))) {
    const events = entry.events.flatMap((id) => history.events.byId(id) ?? []);
    const was = before?.exporters ?? 0;
    const is = after?.exporters ?? 0;
    summary.count('before', inMask(was));
    summary.count('after', inMask(is));
    for (const exporter of inMask(was | is)) seen.add(exporter);
    const add = (change: Change, mask: number, whyIn?: (exporter: number) => Why) => {
      if (mask !== 0) summary.add({ change, key: entry, events, exporters: inMask(mask), ...(whyIn && { whyIn }) });
    };
    add('added', is & ~was);
    if (before?.digest !== after?.digest) add('changed', is & was);
    add('withdrawn', was & ~is, (exporter) => causes.of(entry, exporters[exporter]?.mask ?? 0));
  }
  return new Map([...seen].sort((a, b) => a - b).map((i) => [exporters[i]?.id ?? '', summary.changes(i)]));
}

/** Why indicators went between two releases. Looking back in time, nothing went: it had not come yet. */
class PastCauses {
  readonly #entries = new Map<string, PastEntry[]>();
  readonly #unheard: string;

  constructor(history: History, from: number, to: number) {
    this.#unheard = from > to ? 'came-later' : 'gone';
    for (const entry of history.entries.causes(from, to)) {
      const key = indicatorKey(entry);
      this.#entries.set(key, [...(this.#entries.get(key) ?? []), entry]);
    }
  }

  /** The last cause in an exporter, which is given by its mask. */
  of(entry: PastEntry, exporter: number): Why {
    const last = this.#entries.get(indicatorKey(entry))?.find(({ exporters }) => (exporters & exporter) !== 0);
    return { cause: last?.cause ?? this.#unheard, silent: [] };
  }
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
  return (
    compareBytes(a.kind, b.kind) ||
    compareBytes(a.direction ?? '', b.direction ?? '') ||
    (a.port ?? 0) - (b.port ?? 0) ||
    compareBytes(a.value, b.value)
  );
}

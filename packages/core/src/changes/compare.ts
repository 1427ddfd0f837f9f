import type { Entries, Entry } from '../history/entries.ts';
import type { EventBook, KnownEvent } from '../history/event-book.ts';
import type { History } from '../history/history.ts';
import { INDICATOR_KINDS, type Indicator, type IndicatorKind } from '../indicator.ts';
import type { ExporterChanges } from '../run/report.ts';
import { compareKeys } from './byte-order.ts';
import type { Causes } from './causes.ts';
import { LatencyMeter } from './latency.ts';
import { type Carried, type Standing, StandingWalk } from './standing.ts';
import { ChangeSummary } from './summary.ts';

/** Events that an entry names; some values stand in thousands. */
const MOST_EVENTS = 16;

/** One exporter, with what it will carry. */
export interface Comparand extends Carried {
  readonly id: string;
}

export interface Comparing {
  readonly history: History;
  /** Number of the release that is being made; what differs is written as its entries. */
  readonly release: number;
  /** False to only look. */
  readonly write: boolean;
  readonly exporters: readonly Comparand[];
  readonly causes: Causes;
  /** Ids of the sources that the config has. */
  readonly sources: ReadonlySet<string>;
  readonly now: Date;
}

/** Compares, indicator by indicator, what is live with what will be. */
export class Comparison {
  readonly #comparing: Comparing;
  readonly #entries: Entries;
  readonly #events: EventBook;
  readonly #walk: StandingWalk;
  readonly latency: LatencyMeter;
  readonly summaries: ReadonlyMap<string, ChangeSummary>;
  /** Exporters that the config does not name any more; what they carry is not withdrawn. */
  readonly #known: number;

  constructor(comparing: Comparing) {
    const { history, exporters, now } = comparing;
    this.#comparing = comparing;
    this.#entries = history.entries;
    this.#events = history.events;
    this.#walk = new StandingWalk(exporters);
    this.latency = new LatencyMeter(Math.floor(now.getTime() / 1000));
    this.summaries = new Map(exporters.map(({ id }) => [id, new ChangeSummary()]));
    this.#known = exporters.reduce((mask, exporter) => mask | exporter.mask, 0);
  }

  run(): this {
    for (const kind of INDICATOR_KINDS) this.#compare(kind);
    return this;
  }

  /** What changes, by exporter. */
  changes(): Map<string, ExporterChanges> {
    return new Map([...this.summaries].map(([id, summary]) => [id, summary.summary()]));
  }

  /** Both sides come in the same order, so one walk along both tells what is on which. */
  #compare(kind: IndicatorKind): void {
    const standings = this.#walk.ofKind(kind);
    const live = this.#entries.live(kind, this.#comparing.release);
    let standing = standings.next().value as Standing | undefined;
    let entry = live.next().value as Entry | undefined;
    while (standing !== undefined || entry !== undefined) {
      const order = orderOf(standing, entry);
      this.#decide(order <= 0 ? standing : undefined, order >= 0 ? entry : undefined);
      if (order <= 0) standing = standings.next().value as Standing | undefined;
      if (order >= 0) entry = live.next().value as Entry | undefined;
    }
  }

  #decide(standing: Standing | undefined, entry: Entry | undefined): void {
    const isSaidAnew = standing !== undefined && standing.digest !== entry?.digest;
    const before = entry?.exporters ?? 0;
    const after = (standing?.exporters ?? 0) | (before & ~this.#known);
    let cause: string | undefined;
    for (const exporter of this.#comparing.exporters) {
      const was = (before & exporter.mask) !== 0;
      const is = (after & exporter.mask) !== 0;
      const summary = this.summaries.get(exporter.id);
      if (summary === undefined || !(was || is)) continue;
      if (was) summary.before++;
      if (is) summary.after++;
      if (was && !is && entry !== undefined) {
        const events = this.#eventsOf(entry);
        const why = this.#causeOf(entry, standing, exporter, events);
        cause ??= why;
        summary.add({ ...keyOf(entry), change: 'withdrawn', cause: why, events });
      } else if (standing !== undefined && (!was || isSaidAnew)) {
        const events = this.#eventsBehind(standing.indicator);
        summary.add({ ...keyOf(standing.indicator), change: was ? 'changed' : 'added', cause: undefined, events });
      }
    }
    if (before === 0 && after !== 0 && standing?.indicator.updated !== undefined)
      this.latency.add(standing.indicator.updated);
    if (isSaidAnew || before !== after) this.#write(standing, entry, after, cause);
  }

  #write(standing: Standing | undefined, entry: Entry | undefined, exporters: number, cause: string | undefined): void {
    const { write, release } = this.#comparing;
    if (!write) return;
    if (entry !== undefined) this.#entries.end(entry, release, cause);
    if (exporters === 0) return;
    const source = standing?.indicator ?? entry;
    const digest = standing?.digest ?? entry?.digest;
    if (source === undefined || digest === undefined) return;
    const events =
      standing === undefined ? (entry?.events ?? []) : this.#eventsBehind(standing.indicator).map(({ id }) => id);
    this.#entries.add({ ...keyOf(source), exporters, digest, events }, release);
  }

  #causeOf(
    entry: Entry,
    standing: Standing | undefined,
    { id, skipped }: Comparand,
    events: readonly KnownEvent[],
  ): string {
    const { causes, sources } = this.#comparing;
    const skip = standing?.forms.map((form) => skipped.get(form)).find((reason) => reason !== undefined);
    const heard = skip ?? causes.of(entry, id);
    if (heard !== undefined) return heard;
    return events.length > 0 && events.every(({ source }) => !sources.has(source)) ? 'source-removed' : 'gone';
  }

  #eventsOf({ events }: Entry): KnownEvent[] {
    return events.flatMap((id) => this.#events.byId(id) ?? []);
  }

  #eventsBehind({ origins }: Indicator): KnownEvent[] {
    const events = new Set<KnownEvent>();
    for (const origin of origins) {
      events.add(this.#events.of(origin));
      if (events.size === MOST_EVENTS) break;
    }
    return [...events];
  }
}

function orderOf(standing: Standing | undefined, entry: Entry | undefined): number {
  if (standing === undefined) return 1;
  return entry === undefined ? -1 : compareKeys(standing.indicator, entry);
}

function keyOf({ kind, value, direction, port }: Pick<Indicator, 'kind' | 'value' | 'direction' | 'port'>) {
  return { kind, value, direction, port };
}

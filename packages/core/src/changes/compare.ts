import type { Entry } from '../history/entry.ts';
import type { KnownEvent } from '../history/event-book.ts';
import type { History } from '../history/history.ts';
import { INDICATOR_KINDS, type Indicator, type IndicatorIdentity } from '../indicator.ts';
import type { ExporterChanges } from '../run/report.ts';
import type { Causes } from './causes.ts';
import { keyHashOf } from './key-hash.ts';
import { LatencyMeter } from './latency.ts';
import type { LiveEntries } from './live-entries.ts';
import { type Carried, type Standing, StandingWalk } from './standing.ts';
import { ChangeSummary, type Why } from './summary.ts';

/** Events that an entry names; some values stand in thousands. */
const MOST_EVENTS = 16;

/** One exporter, with what it will carry. */
export interface Comparand extends Carried {
  readonly id: string;
}

export interface Comparing {
  readonly history: History;
  /** What is live. */
  readonly live: LiveEntries;
  /** Number of the release that is being made; what differs is written as its entries. */
  readonly release: number;
  /** False to only look. */
  readonly write: boolean;
  readonly exporters: readonly Comparand[];
  readonly causes: Causes;
  /** Ids of the sources that the config has. */
  readonly sources: ReadonlySet<string>;
  /** Those of them of which a part could not be read. */
  readonly incomplete: ReadonlySet<string>;
  readonly now: Date;
}

/** Compares, indicator by indicator, what is live with what will be. */
export class Comparison {
  readonly #comparing: Comparing;
  readonly #summary: ChangeSummary;
  readonly latency: LatencyMeter;
  /** Exporters of the config. What others carry stays as it is. */
  readonly #known: number;
  /** Indexes of the exporters of a mask. */
  readonly #indexes = new Map<number, readonly number[]>();

  constructor(comparing: Comparing) {
    const { exporters, now } = comparing;
    this.#comparing = comparing;
    this.#summary = new ChangeSummary(exporters.length);
    this.latency = new LatencyMeter(Math.floor(now.getTime() / 1000));
    this.#known = exporters.reduce((mask, exporter) => mask | exporter.mask, 0);
  }

  run(): this {
    const { exporters, live } = this.#comparing;
    const walk = new StandingWalk(exporters);
    for (const kind of INDICATOR_KINDS) walk.ofKind(kind, (standing) => this.#stands(standing));
    for (const index of live.unseen()) this.#isGone(index);
    return this;
  }

  /** What changes, by exporter. */
  changes(): Map<string, ExporterChanges> {
    return new Map(this.#comparing.exporters.map(({ id }, i) => [id, this.#summary.changes(i)]));
  }

  /** Indicators that would be withdrawn and of which a source that vouched for them said nothing: the most in any exporter. */
  goneOf(source: string): number {
    return Math.max(0, ...this.#comparing.exporters.map((_, i) => this.#summary.gone(i).get(source) ?? 0));
  }

  /** An indicator that was read and may be live already. */
  #stands(standing: Standing): void {
    const { live, history, release, write } = this.#comparing;
    const { indicator, digest } = standing;
    const index = live.see(keyHashOf(indicator));
    const before = index === undefined ? 0 : live.exportersOf(index);
    const after = standing.exporters | (before & ~this.#known);
    const isSaidAnew = index === undefined || live.digestOf(index) !== digest;
    this.#count(before, after);
    if (!isSaidAnew && before === after) return;
    const events = this.#eventsBehind(indicator);
    if (isSaidAnew) this.#add('changed', before & after, indicator, events);
    this.#add('added', after & ~before, indicator, events);
    const cause = this.#withdrawn(before & ~after, indicator, events, standing);
    if (before === 0 && after !== 0 && indicator.updated !== undefined) this.latency.add(indicator.updated);
    if (!write) return;
    if (index !== undefined) history.entries.end(live.idOf(index), release, cause);
    if (after === 0) return;
    const { kind, value, direction, port } = indicator;
    const ids = events.map(({ id }) => id);
    history.entries.add({ kind, value, direction, port, exporters: after, digest, events: ids }, release);
  }

  /** An entry for which no indicator was read. */
  #isGone(index: number): void {
    const { live, history, release, write } = this.#comparing;
    const before = live.exportersOf(index);
    const after = before & ~this.#known;
    this.#count(before, after);
    if (before === after) return;
    const id = live.idOf(index);
    const entry = history.entries.byId(id);
    const cause = this.#withdrawn(before & ~after, entry, this.#eventsOf(entry), undefined);
    if (!write) return;
    history.entries.end(id, release, cause);
    if (after !== 0) history.entries.add({ ...entry, exporters: after }, release);
  }

  #count(before: number, after: number): void {
    this.#summary.count('before', this.#indexesOf(before));
    this.#summary.count('after', this.#indexesOf(after));
  }

  #add(change: 'added' | 'changed', mask: number, key: Indicator, events: readonly KnownEvent[]): void {
    const exporters = this.#indexesOf(mask);
    if (exporters.length > 0) this.#summary.add({ change, key, events, exporters });
  }

  /** Returns why it goes from the first of the exporters. */
  #withdrawn(
    mask: number,
    key: IndicatorIdentity,
    events: readonly KnownEvent[],
    standing: Standing | undefined,
  ): string | undefined {
    const exporters = this.#indexesOf(mask);
    const [first] = exporters;
    if (first === undefined) return undefined;
    const whyIn = (exporter: number) => this.#why(key, standing, exporter, events);
    this.#summary.add({ change: 'withdrawn', key, events, exporters, whyIn });
    return whyIn(first).cause;
  }

  /** Why an exporter does not carry an indicator any more, and the sources that vouched for it and said nothing of it. */
  #why(key: IndicatorIdentity, standing: Standing | undefined, exporter: number, events: readonly KnownEvent[]): Why {
    const { causes, sources, exporters } = this.#comparing;
    const comparand = exporters[exporter];
    const skip = standing?.forms.map((form) => comparand?.skipped.get(form)).find((reason) => reason !== undefined);
    if (skip !== undefined) return { cause: skip, silent: [] };
    const vouching = new Set(events.map(({ source }) => source));
    const present = [...vouching].filter((source) => sources.has(source));
    const heard = new Map(present.map((source) => [source, causes.of(key, comparand?.id ?? '', source)]));
    const silent = present.filter((source) => heard.get(source) === undefined);
    const cause = [...heard.values()].find((reason) => reason !== undefined);
    if (cause !== undefined) return { cause, silent };
    if (vouching.size > 0 && present.length === 0) return { cause: 'source-removed', silent };
    return { cause: silent.some((source) => this.#comparing.incomplete.has(source)) ? 'unreadable' : 'gone', silent };
  }

  /** The exporters of the config that a mask names. */
  #indexesOf(mask: number): readonly number[] {
    let indexes = this.#indexes.get(mask);
    if (indexes === undefined) {
      indexes = this.#comparing.exporters.flatMap((exporter, i) => ((mask & exporter.mask) === 0 ? [] : [i]));
      this.#indexes.set(mask, indexes);
    }
    return indexes;
  }

  #eventsOf({ events }: Entry): KnownEvent[] {
    return events.flatMap((id) => this.#comparing.history.events.byId(id) ?? []);
  }

  /** So many of its events, and at least one of each source. */
  #eventsBehind({ origins }: Indicator): KnownEvent[] {
    const book = this.#comparing.history.events;
    const [only, ...others] = origins;
    if (only === undefined) return [];
    if (others.length === 0) return [book.of(only)];
    const events = new Set<KnownEvent>();
    let source: string | undefined;
    for (const origin of origins) {
      if (events.size >= MOST_EVENTS && origin.source === source) continue;
      source = origin.source;
      events.add(book.of(origin));
    }
    return [...events];
  }
}

import type { KnownEvent } from '../history/event-book.ts';
import type { IndicatorIdentity } from '../indicator.ts';
import { ReasonCounter } from '../run/reasons.ts';
import type { ChangedIndicator, ExporterChanges } from '../run/report.ts';
import { CHANGES, type Change, GroupTally } from './group-tally.ts';

/** Indicators of each sort that are named one by one. */
const MOST_NAMED = 100;

/** Why an indicator goes. */
export interface Why {
  /** `gone` where nothing was heard, `unreadable` where a source that was heard in part may still hold it. */
  readonly cause: string;
  /** Sources that vouched for it and said nothing of why it goes. */
  readonly silent: readonly string[];
}

/** One indicator that changes in the same way in some exporters. */
export interface Changing {
  readonly change: Change;
  readonly key: IndicatorIdentity;
  readonly events: readonly KnownEvent[];
  /** Indexes of the exporters. */
  readonly exporters: readonly number[];
  readonly whyIn?: (exporter: number) => Why;
}

/** Adds up what changes in each exporter. Exporters are named by their index. */
export class ChangeSummary {
  readonly #exporters: readonly ExporterSummary[];
  readonly #events: GroupTally;
  readonly #organisations: GroupTally;

  constructor(exporters: number) {
    this.#exporters = Array.from({ length: exporters }, () => new ExporterSummary());
    this.#events = new GroupTally(exporters);
    this.#organisations = new GroupTally(exporters);
  }

  /** Counts an indicator that is live before, or after, in the exporters at the indexes. */
  count(when: 'before' | 'after', exporters: readonly number[]): void {
    for (const exporter of exporters) this.#of(exporter)[when]++;
  }

  add({ change, key, events, exporters, whyIn }: Changing): void {
    for (const exporter of exporters) this.#of(exporter).add(change, key, events, whyIn?.(exporter));
    const sort = CHANGES.indexOf(change);
    for (const { uuid, title } of events) this.#events.add(uuid, title, sort, exporters);
    for (const org of organisationsOf(events)) this.#organisations.add(org, org, sort, exporters);
  }

  /** Withdrawn indicators of an exporter, by the sources that vouched for them and said nothing of why they go. */
  gone(exporter: number): ReadonlyMap<string, number> {
    return this.#of(exporter).gone;
  }

  changes(exporter: number): ExporterChanges {
    return {
      ...this.#of(exporter).changes(),
      events: this.#events.largest(exporter),
      organisations: this.#organisations.largest(exporter),
    };
  }

  #of(exporter: number): ExporterSummary {
    const summary = this.#exporters[exporter];
    if (summary === undefined) throw new Error(`no exporter ${exporter}`);
    return summary;
  }
}

class ExporterSummary {
  readonly #counts: Record<Change, number> = { added: 0, changed: 0, withdrawn: 0 };
  readonly #causes = new ReasonCounter();
  readonly #examples: Record<Change, ChangedIndicator[]> = { added: [], changed: [], withdrawn: [] };
  readonly gone = new Map<string, number>();
  before = 0;
  after = 0;

  add(change: Change, key: IndicatorIdentity, events: readonly KnownEvent[], why: Why | undefined): void {
    this.#counts[change]++;
    if (why !== undefined) this.#causes.add(why.cause);
    for (const source of why?.silent ?? []) this.gone.set(source, (this.gone.get(source) ?? 0) + 1);
    const examples = this.#examples[change];
    if (examples.length === MOST_NAMED) return;
    const { kind, value, direction, port } = key;
    examples.push({
      kind,
      value,
      direction,
      port,
      events: [...new Set(events.map(({ uuid }) => uuid))],
      cause: why?.cause,
    });
  }

  changes(): Omit<ExporterChanges, 'events' | 'organisations'> {
    const { before, after } = this;
    return { before, after, ...this.#counts, causes: this.#causes.toJSON(), examples: this.#examples };
  }
}

function organisationsOf(events: readonly KnownEvent[]): Iterable<string> {
  return events.length === 1 ? events.map(({ org }) => org) : new Set(events.map(({ org }) => org));
}

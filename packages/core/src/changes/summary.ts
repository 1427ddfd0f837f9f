import type { KnownEvent } from '../history/event-book.ts';
import { ReasonCounter } from '../run/reasons.ts';
import type { ChangeCounts, ChangedIndicator, ChangeGroup, ExporterChanges } from '../run/report.ts';

/** Events and organisations, and indicators of each sort, that are named one by one. */
const MOST_NAMED = 100;

type Change = keyof ChangeCounts;

type Counts = { -readonly [Sort in Change]: number };

/** One indicator that changes in an exporter. */
export interface Changing extends Omit<ChangedIndicator, 'events'> {
  readonly change: Change;
  readonly events: readonly KnownEvent[];
}

/** Adds up what changes in one exporter. */
export class ChangeSummary {
  readonly #counts: Counts = { added: 0, changed: 0, withdrawn: 0 };
  readonly #causes = new ReasonCounter();
  readonly #events = new Groups();
  readonly #organisations = new Groups();
  readonly #examples: Record<Change, ChangedIndicator[]> = { added: [], changed: [], withdrawn: [] };
  /** Withdrawn indicators that nothing was heard of, by the sources that vouched for them. */
  readonly gone = new Map<string, number>();
  before = 0;
  after = 0;

  add({ change, events, ...indicator }: Changing): void {
    this.#counts[change]++;
    if (change === 'withdrawn') this.#withdrawn(indicator.cause ?? 'gone', events);
    for (const { uuid, title } of events) this.#events.add(uuid, title, change);
    for (const org of new Set(events.map(({ org }) => org))) this.#organisations.add(org, org, change);
    const examples = this.#examples[change];
    if (examples.length < MOST_NAMED)
      examples.push({ ...indicator, events: [...new Set(events.map(({ uuid }) => uuid))] });
  }

  #withdrawn(cause: string, events: readonly KnownEvent[]): void {
    this.#causes.add(cause);
    if (cause !== 'gone') return;
    for (const source of new Set(events.map((event) => event.source)))
      this.gone.set(source, (this.gone.get(source) ?? 0) + 1);
  }

  summary(): ExporterChanges {
    return {
      before: this.before,
      after: this.after,
      ...this.#counts,
      causes: this.#causes.toJSON(),
      events: this.#events.largest(),
      organisations: this.#organisations.largest(),
      examples: this.#examples,
    };
  }
}

class Groups {
  readonly #groups = new Map<string, { title: string } & Counts>();

  add(id: string, title: string, change: Change): void {
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = { title, added: 0, changed: 0, withdrawn: 0 };
      this.#groups.set(id, group);
    }
    group[change]++;
  }

  largest(): ChangeGroup[] {
    const size = ({ added, changed, withdrawn }: ChangeGroup) => added + changed + withdrawn;
    return [...this.#groups]
      .map(([id, group]) => ({ id, ...group }))
      .sort((a, b) => size(b) - size(a) || (a.id < b.id ? -1 : 1))
      .slice(0, MOST_NAMED);
  }
}

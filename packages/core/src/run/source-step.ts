import type { Batch, Intake, RejectedRecord, Source, SourceProblem, SyncReport } from '../plugin.ts';
import { ReasonCounter } from './reasons.ts';
import type { SourceReport } from './report.ts';
import type { Watchers } from './trace.ts';

/** A source with its accounts. */
export class SourceStep implements Intake {
  readonly id: string;
  readonly source: Source;
  readonly #plugin: string;
  readonly #watchers: Watchers;
  readonly #rejected = new ReasonCounter();
  readonly #problems: SourceProblem[] = [];
  #sync: SyncReport | undefined;
  #asOf: Date | undefined;
  #read = 0;
  #indicators = 0;

  constructor(id: string, plugin: string, source: Source, watchers: Watchers) {
    this.id = id;
    this.source = source;
    this.#plugin = plugin;
    this.#watchers = watchers;
  }

  read(records: number): void {
    this.#read += records;
    this.#watchers.progress?.source(this.id, this.#read);
  }

  reject(reason: string, record: RejectedRecord): void {
    this.#rejected.add(reason);
    this.#watchers.trace?.rejected(this.id, reason, record);
    this.#watchers.causes?.rejected(this.id, reason, record);
  }

  problem(problem: SourceProblem): void {
    this.#problems.push(problem);
  }

  sync(report: SyncReport): void {
    this.#sync = report;
  }

  asOf(time: Date): void {
    this.#asOf = time;
  }

  withdrawn(reason: string, record: RejectedRecord): void {
    this.#watchers.causes?.rejected(this.id, reason, record);
  }

  /** Counts what the source has handed on. */
  handedOn(batch: Batch): void {
    this.#indicators += batch.length;
    const { trace } = this.#watchers;
    if (trace) for (const indicator of batch) trace.normalised(this.id, indicator);
  }

  report(): SourceReport {
    return {
      id: this.id,
      plugin: this.#plugin,
      read: this.#read,
      rejected: this.#rejected.toJSON(),
      indicators: this.#indicators,
      asOf: this.#asOf?.toISOString(),
      sync: this.#sync,
      problems: [...this.#problems].sort((a, b) => (a.place < b.place ? -1 : 1)),
    };
  }
}

import { type Indicator, type RejectedRecord, strictestTlp, type Tlp, type Trace } from '@misp-pipeline/core';
import { Exports, type Tallies } from './exports.ts';
import { rowOf, valueText } from './indicator-row.ts';
import type { Row } from './row.ts';
import { RowList } from './row-list.ts';

/** Rows kept of each state; what is beyond is only counted. */
const ROWS_PER_STATE = 20_000;

const EXPORTED = { state: 'exported', reason: '', detail: '', stage: '' } as const;
const SKIPPED = { state: 'skipped', stage: '' } as const;

/** What the trace has to say when the run is over. */
export interface Observations {
  readonly rows: readonly Row[];
  readonly tallies: Tallies;
  /** The strictest label that was read, whatever became of the indicator. */
  readonly strictest: Tlp | undefined;
  /** Whether indicators were read that carry no label. */
  readonly hasUnmarked: boolean;
  /** Records that their origin does not vouch for any more. */
  readonly withdrawn: number;
}

/**
 * Watches a run for its page. Memory is bounded but for one reference for each exported indicator of each exporter: an
 * exporter may write its files again, so that what it placed counts only at the end.
 */
export class PageTrace implements Trace {
  readonly #limit: number;
  readonly #exports: Exports;
  readonly #dropped: RowList;
  readonly #rejected: RowList;
  readonly #withdrawn: RowList;
  #withdrawnCount = 0;
  #strictest: Tlp | undefined;
  #hasUnmarked = false;

  constructor(limit = ROWS_PER_STATE) {
    this.#limit = limit;
    this.#exports = new Exports(limit);
    this.#dropped = new RowList(limit);
    this.#rejected = new RowList(limit);
    this.#withdrawn = new RowList(limit);
  }

  rejected(source: string, reason: string, { value, place }: RejectedRecord): void {
    const isWithdrawn = reason.startsWith('withdrawn:');
    if (isWithdrawn) this.#withdrawnCount++;
    const state = isWithdrawn ? 'withdrawn' : 'rejected';
    (isWithdrawn ? this.#withdrawn : this.#rejected).add(value, () => ({
      ...{ state, kind: '', reason, detail: place, stage: source },
      ...{ event: '', org: '', tlp: '', exporters: [], count: 1 },
    }));
  }

  normalised(_source: string, { tlp }: Indicator): void {
    this.#strictest = strictestTlp(this.#strictest, tlp);
    this.#hasUnmarked ||= tlp === undefined;
  }

  passed(): void {}

  dropped(filter: string, exporter: string | undefined, indicator: Indicator, reason: string, detail = ''): void {
    const stage = exporter === undefined ? filter : `${exporter}.${filter}`;
    const exporters = exporter === undefined ? [] : [exporter];
    const verdict = { state: 'dropped', reason, detail, stage, exporters } as const;
    this.#dropped.add(valueText(indicator), () => rowOf(indicator, verdict));
  }

  writing(exporter: string): void {
    this.#exports.begin(exporter);
  }

  skipped(exporter: string, indicator: Indicator, reason: string, detail = ''): void {
    this.#exports.skip(exporter, indicator, { reason, detail });
  }

  placed(exporter: string, indicator: Indicator): void {
    this.#exports.place(exporter, indicator);
  }

  observations(): Observations {
    const exported = new RowList(this.#limit);
    for (const [exporter, indicator] of this.#exports.placed())
      exported.add(valueText(indicator), () => rowOf(indicator, { ...EXPORTED, exporters: [exporter] }));
    const skipped = new RowList(this.#limit);
    for (const [exporter, indicator, why] of this.#exports.skipped())
      skipped.add(valueText(indicator), () => rowOf(indicator, { ...SKIPPED, ...why, exporters: [exporter] }));
    const lists = [exported, this.#dropped, skipped, this.#rejected, this.#withdrawn];
    return {
      rows: lists.flatMap((list) => list.rows),
      tallies: this.#exports.tallies(),
      strictest: this.#strictest,
      hasUnmarked: this.#hasUnmarked,
      withdrawn: this.#withdrawnCount,
    };
  }
}

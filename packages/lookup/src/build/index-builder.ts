import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Indicator, Placement, Trace } from '@misp-pipeline/core';
import type { Snapshot } from '../known.ts';
import type { PlaceRow } from '../sqlite/index-file.ts';
import { makeBuildingFolder } from './building-folder.ts';
import { IndexFolder } from './index-folder.ts';
import { Journeys } from './journeys.ts';
import { originRow } from './origin-row.ts';
import { SPOOL_FILE, Spool } from './spool.ts';
import { writeIndex } from './write-index.ts';

/** What the builder has to know of a config. */
export interface IndexedPipeline {
  readonly name: string;
  readonly filters: readonly unknown[];
  readonly exporters: readonly { readonly filters: readonly unknown[] }[];
}

/** Places of one indicator that an exporter names one after the other. */
interface Placing {
  readonly exporter: string;
  readonly indicator: Indicator;
  readonly places: PlaceRow[];
}

/**
 * Watches one run and makes an index of what it sees. In memory there is only the batch that is on its way through the
 * filters; the rest is on disk, beside the index. What cannot be written there, such as on a full disk, does not trouble the run:
 * the builder gives its room back, notes nothing more, and says why in `finish`.
 */
export class IndexBuilder implements Trace {
  readonly #folder: string;
  readonly #pipeline: IndexedPipeline;
  readonly #hasFilters: boolean;
  readonly #journeys = new Journeys();
  /** Whether filters have begun to decide of the batch. */
  #isDecided = false;
  #placing: Placing | undefined;
  /** Why the run could not be spooled. */
  #trouble: Error | undefined;
  #building: { readonly folder: string; readonly spool: Spool } | undefined;

  /** `folder` is that of the index; nothing is made in it before the run hands on its first indicator. */
  constructor(folder: string, pipeline: IndexedPipeline) {
    this.#folder = folder;
    this.#pipeline = pipeline;
    this.#hasFilters = pipeline.filters.length > 0 || pipeline.exporters.some(({ filters }) => filters.length > 0);
  }

  rejected(): void {}

  normalised(_source: string, indicator: Indicator): void {
    // A batch is handed on whole before a filter sees it.
    if (this.#isDecided || !this.#hasFilters) this.#attempt(() => this.#endBatch());
    if (this.#trouble === undefined) this.#journeys.begin(indicator);
  }

  passed(_filter: string, exporter: string | undefined, indicator: Indicator): void {
    this.#isDecided = true;
    if (exporter !== undefined) return;
    const journey = this.#journeys.of(indicator);
    if (journey !== undefined) journey.indicator = indicator;
  }

  dropped(filter: string, exporter: string | undefined, indicator: Indicator, reason: string, detail?: string): void {
    this.#isDecided = true;
    const journey = this.#journeys.of(indicator);
    if (journey === undefined) return;
    const stopped = { filter, reason, detail };
    if (exporter === undefined) journey.stopped = stopped;
    else journey.stoppedFor.set(exporter, stopped);
  }

  writing(exporter: string): void {
    this.#attempt(() => {
      this.#endPlacing();
      this.#building?.spool.begin(exporter);
    });
  }

  skipped(): void {}

  placed(exporter: string, indicator: Indicator, { file, id }: Placement): void {
    this.#attempt(() => {
      if (this.#placing?.indicator !== indicator || this.#placing.exporter !== exporter) {
        this.#endPlacing();
        this.#placing = { exporter, indicator, places: [] };
      }
      this.#placing.places.push([this.#spool.shared.idOf({ exporter, file }), id ?? null]);
    });
  }

  /**
   * Puts the index in the place of the one that is there. `live` says what the run left behind. Throws when the run could not
   * be spooled or the index not be written; then the one that is there stays.
   */
  finish(live: Pick<Snapshot, 'built' | 'release'>, signal: AbortSignal): Promise<Snapshot> {
    return this.#write(live, signal, (index) => new IndexFolder(this.#folder).put(index));
  }

  /** The same for a plan: its index waits until {@link IndexFolder.putApplied}, and the one that is there stays. */
  finishPlan(fingerprint: string, built: string, signal: AbortSignal): Promise<Snapshot> {
    const put = (index: string) => new IndexFolder(this.#folder).putPlanned(index, fingerprint);
    return this.#write({ built, release: undefined }, signal, put);
  }

  async #write(
    live: Pick<Snapshot, 'built' | 'release'>,
    signal: AbortSignal,
    put: (index: string) => void,
  ): Promise<Snapshot> {
    try {
      if (this.#trouble !== undefined) throw this.#trouble;
      this.#endBatch();
      this.#endPlacing();
      const { folder, spool } = this.#open();
      spool.finish();
      const { path, snapshot } = await writeIndex(folder, { ...live, pipeline: this.#pipeline.name }, signal);
      put(path);
      return snapshot;
    } finally {
      this.discard();
    }
  }

  /** Forgets the run, which failed; the index that is there stays. */
  discard(): void {
    if (this.#building === undefined) return;
    const { folder, spool } = this.#building;
    this.#building = undefined;
    spool.close();
    rmSync(folder, { recursive: true, force: true });
  }

  #attempt(note: () => void): void {
    if (this.#trouble !== undefined) return;
    try {
      note();
    } catch (error) {
      this.#trouble = error instanceof Error ? error : new Error(String(error));
      this.#journeys.clear();
      this.discard();
    }
  }

  get #spool(): Spool {
    return this.#open().spool;
  }

  #open(): { readonly folder: string; readonly spool: Spool } {
    if (this.#building === undefined) {
      const folder = makeBuildingFolder(this.#folder);
      try {
        this.#building = { folder, spool: new Spool(join(folder, SPOOL_FILE)) };
      } catch (error) {
        rmSync(folder, { recursive: true, force: true });
        throw error;
      }
    }
    return this.#building;
  }

  #endBatch(): void {
    for (const journey of this.#journeys.end()) {
      this.#spool.add(journey.indicator, { origin: originRow(journey, this.#spool.shared) });
    }
    this.#isDecided = false;
  }

  #endPlacing(): void {
    if (this.#placing === undefined) return;
    const { exporter, indicator, places } = this.#placing;
    this.#placing = undefined;
    this.#spool.add(indicator, { places }, exporter);
  }
}

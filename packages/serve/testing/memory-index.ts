import {
  coverOf,
  type KnownIndicator,
  type Match,
  type Query,
  type ReadableIndex,
  type Reading,
  type Snapshot,
} from '@misp-pipeline/lookup';

const LENGTHS = { ipv4: [24], ipv6: [] };

/** An index of a few indicators, in memory. */
export class MemoryIndex implements ReadableIndex {
  /** Thrown at whoever asks. */
  fault: Error | undefined;
  built = '2026-11-24T00:00:00Z';
  readonly #known: readonly KnownIndicator[];

  constructor(known: readonly KnownIndicator[]) {
    this.#known = known;
  }

  async snapshot(): Promise<Snapshot> {
    if (this.fault !== undefined) throw this.fault;
    return { id: this.built, pipeline: 'test', built: this.built, release: 1, indicators: this.#known.length };
  }

  async find(queries: readonly (readonly Query[])[]): Promise<(readonly Match[])[]> {
    if (this.fault !== undefined) throw this.fault;
    return queries.map((readings) => {
      const cover = coverOf(readings, LENGTHS);
      return this.#known.flatMap((indicator): Match[] => {
        const relation = cover.get(indicator.value)?.get(indicator.kind);
        return relation === undefined ? [] : [{ relation, indicator }];
      });
    });
  }

  async read(queries: readonly (readonly Query[])[]): Promise<Reading> {
    const [matches, snapshot] = [await this.find(queries), await this.snapshot()];
    return { matches, snapshot, degraded: false, why: undefined };
  }

  async close(): Promise<void> {}
}

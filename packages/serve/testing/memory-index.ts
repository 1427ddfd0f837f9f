import {
  coverOf,
  type KnownIndicator,
  type LookupIndex,
  type Match,
  type Query,
  type Snapshot,
} from '@misp-pipeline/lookup';

const LENGTHS = { ipv4: [24], ipv6: [] };

/** An index of a few indicators, in memory. */
export class MemoryIndex implements LookupIndex {
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

  async close(): Promise<void> {}
}

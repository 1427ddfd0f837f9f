import type { KnownIndicator, LookupIndex, Match, Query } from '@misp-pipeline/lookup';

/** A known indicator with what a test leaves out filled in. */
export function aKnownIndicator(
  fields: Pick<KnownIndicator, 'kind' | 'value'> & Partial<KnownIndicator>,
  ...origins: readonly { source: string; attribute: string; stopped?: string; stoppedFor?: string }[]
): KnownIndicator {
  const stop = { filter: 'f', reason: 'tlp:red', detail: undefined };
  return {
    direction: undefined,
    port: undefined,
    artefacts: [],
    origins: origins.map(({ source, attribute, stopped, stoppedFor }) => ({
      ...{ source, attribute, event: { uuid: 'e', title: '', date: '', org: '' } },
      ...{
        type: '',
        category: '',
        comment: '',
        tlp: undefined,
        tags: [],
        techniques: [],
        severity: 'unknown' as const,
      },
      ...{ confidence: undefined, firstSeen: undefined, lastSeen: undefined, updated: undefined },
      stopped: stopped === undefined ? undefined : stop,
      stoppedFor: stoppedFor === undefined ? {} : { [stoppedFor]: stop },
    })),
    ...fields,
  };
}

/** An index in memory, with exact values and the domains above a name. */
export class MemoryIndex implements LookupIndex {
  readonly #known: readonly KnownIndicator[];
  /** Lists of readings that were asked for. */
  asked = 0;

  constructor(...known: readonly KnownIndicator[]) {
    this.#known = known;
  }

  async snapshot() {
    return { id: '1', pipeline: 'test', built: '2026-11-24T00:00:00Z', release: 1, indicators: this.#known.length };
  }

  async find(queries: readonly (readonly Query[])[]): Promise<(readonly Match[])[]> {
    this.asked += queries.length;
    return queries.map((readings) => this.#known.flatMap((indicator) => matchOf(indicator, readings)));
  }

  async close(): Promise<void> {}
}

function matchOf(indicator: KnownIndicator, readings: readonly Query[]): readonly Match[] {
  if (readings.some(({ kind, value }) => kind === indicator.kind && value === indicator.value))
    return [{ relation: 'exact', indicator }];
  const isAbove = indicator.kind === 'domain' && readings.some(({ value }) => value.endsWith(`.${indicator.value}`));
  return isAbove ? [{ relation: 'parent-domain', indicator }] : [];
}

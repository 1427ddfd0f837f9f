import type { Snapshot } from '../src/known.ts';

/** What an index was made from, for tests; every field can be replaced. */
export function aSnapshot(fields: Partial<Snapshot> = {}): Snapshot {
  return { id: 's', pipeline: 'test', built: '2026-11-24T00:00:00Z', release: undefined, indicators: 0, ...fields };
}

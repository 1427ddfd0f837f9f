import type { LookupIndex, Match, Query, Snapshot } from '../known.ts';

/** What an index answered, and what it answered from. */
export interface Reading {
  /** In the order of the queries. */
  readonly matches: readonly (readonly Match[])[];
  readonly snapshot: Snapshot;
  /** True when another index had to answer for the one that was meant to. */
  readonly degraded: boolean;
  /** Why it had to; undefined when it did not. */
  readonly why: string | undefined;
}

/** An index that says with each answer where it comes from. */
export interface ReadableIndex extends LookupIndex {
  /** As `find`; all answers are of the one snapshot that is named. */
  read(queries: readonly (readonly Query[])[]): Promise<Reading>;
}

/** New snapshots during one call before it is given up. */
export const MOST_SWITCHES = 5;

/** Asks any index; one that cannot say where its answer comes from answers for itself. */
export async function readIndex(
  index: LookupIndex,
  queries: readonly (readonly Query[])[],
): Promise<Pick<Reading, 'matches' | 'degraded' | 'why'>> {
  if (isReadable(index)) return index.read(queries);
  return { matches: await index.find(queries), degraded: false, why: undefined };
}

function isReadable(index: LookupIndex): index is ReadableIndex {
  return 'read' in index;
}

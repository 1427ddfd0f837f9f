import type { LookupIndex, Match, Query, Snapshot } from './known.ts';

/** What an index answered, and what it answered from. */
export interface Reading {
  /** In the order of the queries. */
  readonly matches: readonly (readonly Match[])[];
  readonly snapshot: Snapshot;
  /** True when the answer may be wrong: another index had to answer, or the index is not of what is live. */
  readonly degraded: boolean;
  /** Why, in a sentence without its full stop; undefined when it is not degraded. */
  readonly why: string | undefined;
}

/** An index that says with each answer where it comes from. */
export interface ReadableIndex extends LookupIndex {
  /** As `find`; all answers are of the one snapshot that is named. */
  read(queries: readonly (readonly Query[])[]): Promise<Reading>;
}

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

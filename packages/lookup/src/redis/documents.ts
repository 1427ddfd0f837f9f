import type { KnownIndicator } from '../known.ts';
import { IndexUnavailable } from './index-unavailable.ts';

/** Stands between two documents of one value; JSON has none within. */
const BETWEEN = '\n';

export function joined(documents: readonly string[]): string {
  return documents.join(BETWEEN);
}

/** What is known of one value, from its documents, in the order in which every index answers. */
export function parseDocuments(text: string): KnownIndicator[] {
  try {
    const lines = text.split(BETWEEN).filter((line) => line !== '');
    return lines.map((line): KnownIndicator => JSON.parse(line)).sort(byIdentity);
  } catch {
    throw new IndexUnavailable('damaged', 'Redis: what the index holds is no JSON');
  }
}

function byIdentity(a: KnownIndicator, b: KnownIndicator): number {
  return compare(a.kind, b.kind) || compare(a.direction ?? '', b.direction ?? '') || compare(a.port ?? 0, b.port ?? 0);
}

function compare<Part extends string | number>(a: Part, b: Part): number {
  return a < b ? -1 : Number(a > b);
}

import { HttpError } from '../rest/http-error.ts';
import type { MispClient } from '../rest/misp-client.ts';

/** Older servers answer with so many entries of an index at a time; newer ones with all. */
const PAGE = 60;
const MOST_PAGES = 100;

/** The entries of an index such as `feeds/index`. `entriesOf` finds them in an answer, or throws. */
export async function pagedIndex<T extends { readonly id: string }>(
  client: MispClient,
  path: string,
  entriesOf: (document: unknown) => readonly T[],
  signal: AbortSignal,
): Promise<T[]> {
  const entries = new Map<string, T>();
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answered = await entriesOnPage(client, path, page, entriesOf, signal);
    const before = entries.size;
    for (const entry of answered) entries.set(entry.id, entry);
    // A newer server that has just so many entries sends them again.
    if (answered.length !== PAGE || entries.size === before) return [...entries.values()];
  }
  throw new HttpError('unexpected', `\`${path}\` does not end after ${MOST_PAGES} pages`);
}

async function entriesOnPage<T>(
  client: MispClient,
  path: string,
  page: number,
  entriesOf: (document: unknown) => readonly T[],
  signal: AbortSignal,
): Promise<readonly T[]> {
  try {
    return entriesOf((await client.get(page === 1 ? path : `${path}/page:${page}`, { signal })).document);
  } catch (error) {
    // What older servers say of a page beyond the end.
    if (page > 1 && error instanceof HttpError && error.kind === 'missing') return [];
    throw error;
  }
}

import { pagedIndex } from '../admin/paged-index.ts';
import { unexpected } from '../admin/unexpected.ts';
import { flagOf, isRecord, textOf } from '../fields.ts';
import type { MispClient } from '../rest/misp-client.ts';

const PATH = 'warninglists/index';

/** A warninglist as the server's index names it, without its entries. */
export interface ListedWarninglist {
  /** A number. */
  readonly id: string;
  /** Name for people: `List of RFC 1918 CIDR blocks`. */
  readonly name: string;
  readonly version: string;
  /** Entries that the server counts. */
  readonly entries: number;
  readonly enabled: boolean;
}

/**
 * Asks for the names and versions of all warninglists, enabled or not, in the order of their ids. Every user may. Throws
 * an HttpError of kind `unexpected` when a list does not say all of this: none may be left out without a word.
 */
export async function fetchWarninglistIndex(
  client: MispClient,
  signal: AbortSignal,
): Promise<readonly ListedWarninglist[]> {
  const lists = await pagedIndex(client, PATH, listedOf, signal);
  return lists.sort((a, b) => Number(a.id) - Number(b.id));
}

function listedOf(document: unknown): readonly ListedWarninglist[] {
  const lists = isRecord(document) ? document.Warninglists : undefined;
  if (!Array.isArray(lists)) throw unexpected(PATH, 'is no list of warninglists');
  return lists.map((item) => {
    const list = isRecord(item) && isRecord(item.Warninglist) ? item.Warninglist : {};
    const { name } = list;
    const id = textOf(list.id);
    const version = textOf(list.version);
    const entries = textOf(list.warninglist_entry_count);
    const enabled = flagOf(list.enabled);
    const isWhole = isNumber(id) && isNumber(entries) && version !== '' && enabled !== undefined;
    if (typeof name === 'string' && isWhole) return { id, name, version, entries: Number(entries), enabled };
    throw unexpected(PATH, 'has a list without id, name, version, count or state');
  });
}

function isNumber(text: string): boolean {
  return /^\d{1,10}$/.test(text);
}

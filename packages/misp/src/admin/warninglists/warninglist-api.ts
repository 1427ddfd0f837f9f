import { isRecord, listOf, textOf } from '../../fields.ts';
import type { MispAnswer, MispClient } from '../../rest/misp-client.ts';
import { accepted } from '../accepted.ts';
import { pagedIndex } from '../paged-index.ts';
import { unexpected } from '../unexpected.ts';
import { readWarninglist, type Warninglist } from './warninglist.ts';

/** An entry of an enabled warninglist that a value matches. */
export interface WarninglistMatch {
  readonly id: string;
  readonly name: string;
  /** The entry. */
  readonly entry: string;
}

/** The calls that MISP has for warninglists. */
export class WarninglistApi {
  readonly #client: MispClient;
  readonly #signal: AbortSignal;

  constructor(client: MispClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  async list(): Promise<Warninglist[]> {
    const lists = await pagedIndex(this.#client, 'warninglists/index', warninglistsOf, this.#signal);
    return lists.sort((a, b) => Number(a.id) - Number(b.id));
  }

  /** Switches lists on or off. The status is 200 also when it fails; without `enabled` the server would toggle. */
  async switch(ids: readonly string[], enabled: boolean): Promise<void> {
    await this.#send('warninglists/toggleEnable', { id: ids.map(Number), enabled });
  }

  /** Matches of each value that has any; values come back trimmed. */
  async check(values: readonly string[]): Promise<ReadonlyMap<string, readonly WarninglistMatch[]>> {
    const { document } = await this.#client.post('warninglists/checkValue', values, { signal: this.#signal });
    if (isRecord(document)) return new Map(Object.entries(document).map(([value, hits]) => [value, matchesOf(hits)]));
    if (Array.isArray(document) && document.length === 0) return new Map(); // PHP's empty object.
    throw unexpected('warninglists/checkValue', 'is no list of matches');
  }

  /** Takes over the lists that stand on the server's disk. Answers the server's words. */
  async update(): Promise<string> {
    const { document } = await this.#send('warninglists/update', {});
    return isRecord(document) ? textOf(document.name) || textOf(document.message) : '';
  }

  async #send(path: string, body: object): Promise<MispAnswer> {
    return accepted(await this.#client.post(path, body, { signal: this.#signal, retries: 0 }));
  }
}

function warninglistsOf(document: unknown): Warninglist[] {
  const lists = isRecord(document) ? document.Warninglists : undefined;
  if (!Array.isArray(lists)) throw unexpected('warninglists/index', 'is no list of warninglists');
  return lists.map((entry) => {
    const list = readWarninglist(entry);
    if (list === undefined) throw unexpected('warninglists/index', 'has an entry that is no warninglist');
    return list;
  });
}

function matchesOf(hits: unknown): WarninglistMatch[] {
  return listOf(hits)
    .filter(isRecord)
    .map(({ id, name, matched }) => ({ id: textOf(id), name: textOf(name), entry: textOf(matched) }));
}

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from '@misp-pipeline/core';
import { type ServerOptions, writeAtomically } from '@misp-pipeline/misp';
import { parseList } from '../list-file.ts';
import { SLUG } from './slugs.ts';

const cachedList = z.object({
  id: z.string(),
  slug: z.string().regex(SLUG),
  name: z.string(),
  version: z.string(),
  entries: z.int(),
  enabled: z.boolean(),
  /** Edition of the copy; empty when there is none. */
  held: z.string(),
});

const cacheIndex = z.object({
  /** Address of the server, for people. */
  url: z.string(),
  /** When all copies were last known to be those of the server, in ISO 8601; missing when they never were. */
  currentAt: z.iso.datetime().optional(),
  /** Every list of the server, also those that are not used. */
  lists: z.array(cachedList).readonly(),
});

export type CachedList = Readonly<z.output<typeof cachedList>>;
export type CacheIndex = Readonly<z.output<typeof cacheIndex>>;

/** What changes with a list's content. */
export function editionOf({ id, version, entries }: Pick<CachedList, 'id' | 'version' | 'entries'>): string {
  return `${id}/${version}/${entries}`;
}

/** Entries of the copy; 0 when there is none. */
export function entriesHeld({ held }: Pick<CachedList, 'held'>): number {
  return Number(held.slice(held.lastIndexOf('/') + 1));
}

/** True when the copy is the list as the index names it. */
export function isCurrent(list: CachedList): boolean {
  return list.held === editionOf(list);
}

/**
 * Copies of a server's lists in the layout of MISP/misp-warninglists, with an index that says what they are. The index is
 * written last, so that a killed run leaves lists that are fetched again, never a wrong claim. Each server and each user's
 * view of it has a folder of its own, of which only the last stays.
 */
export class ListCache {
  readonly #dir: string;
  readonly #origin: string;
  readonly #lists: string;
  readonly #index: string;

  /** `dir` is the stage's state folder. */
  constructor(dir: string, { url, key }: Pick<ServerOptions, 'url' | 'key'>) {
    this.#dir = dir;
    this.#origin = createHash('sha256').update(`${url}\n${key.reveal()}`).digest('hex').slice(0, 16);
    this.#lists = join(dir, this.#origin, 'lists');
    this.#index = join(dir, this.#origin, 'index.json');
  }

  /** The index; one without lists when there is none that can be used. */
  async read(): Promise<Pick<CacheIndex, 'lists' | 'currentAt'>> {
    const { data: index } = cacheIndex.safeParse(await this.#indexFile());
    if (index === undefined) return { lists: [] };
    return { lists: index.lists, currentAt: index.currentAt };
  }

  /** Path of the copy of a list. */
  path({ slug }: Pick<CachedList, 'slug'>): string {
    return join(this.#lists, slug, 'list.json');
  }

  /** The list, without its copy when that is missing or damaged, so that it is fetched again. */
  async withWholeCopy(list: CachedList): Promise<CachedList> {
    try {
      if (list.held !== '') parseList(list.slug, await readFile(this.path(list), 'utf8'));
      return list;
    } catch {
      return { ...list, held: '' }; // Why it cannot be read makes no difference: a new copy takes its place.
    }
  }

  async write(list: Pick<CachedList, 'slug'>, document: unknown): Promise<void> {
    const path = this.path(list);
    await mkdir(dirname(path), { recursive: true });
    await writeAtomically(path, JSON.stringify(document));
  }

  /** Makes the copies that the index names the cache, and removes all others. */
  async commit(index: CacheIndex): Promise<void> {
    await mkdir(this.#lists, { recursive: true });
    await writeAtomically(this.#index, JSON.stringify(index, null, 1));
    const held = index.lists.filter((list) => list.held !== '').map(({ slug }) => slug);
    await removeOthers(this.#lists, new Set(held));
    await removeOthers(this.#dir, new Set([this.#origin]));
  }

  async #indexFile(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.#index, 'utf8'));
    } catch {
      return undefined; // One that is missing or damaged is as good as none: everything is fetched again.
    }
  }
}

async function removeOthers(dir: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!kept.has(name)) await rm(join(dir, name), { recursive: true, force: true });
  }
}

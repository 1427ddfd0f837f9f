import { type BigIntStats, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Match, Query, Snapshot } from '../known.ts';
import { NoIndex } from '../no-index.ts';
import type { ReadableIndex, Reading } from '../reading.ts';
import { INDEX_FILE } from './index-file.ts';
import { OpenSnapshot } from './open-snapshot.ts';

/** The snapshot in a folder. Any number of processes may ask it, while a run puts a new one in its place. */
export class SqliteIndex implements ReadableIndex {
  readonly #folder: string;
  readonly #path: string;
  #open: { readonly file: BigIntStats; readonly snapshot: OpenSnapshot } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, INDEX_FILE);
  }

  async snapshot(): Promise<Snapshot> {
    return this.#current().snapshot;
  }

  async find(queries: readonly (readonly Query[])[]): Promise<(readonly Match[])[]> {
    return [...(await this.read(queries)).matches];
  }

  async read(queries: readonly (readonly Query[])[]): Promise<Reading> {
    const current = this.#current();
    const matches = queries.map((readings) => current.find(readings));
    return { matches, snapshot: current.snapshot, degraded: false, why: undefined };
  }

  /** Opens what is in the folder now once more, for somebody who copies it and closes it. */
  copy(): OpenSnapshot {
    if (!existsSync(this.#path)) throw new NoIndex(this.#folder);
    return new OpenSnapshot(this.#path);
  }

  async close(): Promise<void> {
    this.#open?.snapshot.close();
    this.#open = undefined;
  }

  /**
   * The snapshot that is in the folder now: a look at the file's number and time tells whether it is the one that is open. The
   * number alone does not: one that was replaced between the look and the opening gives its number to a later one.
   */
  #current(): OpenSnapshot {
    const file = statSync(this.#path, { bigint: true, throwIfNoEntry: false });
    if (file === undefined) throw new NoIndex(this.#folder);
    if (this.#open !== undefined && isSame(this.#open.file, file)) return this.#open.snapshot;
    const snapshot = new OpenSnapshot(this.#path);
    this.#open?.snapshot.close();
    this.#open = { file, snapshot };
    return snapshot;
  }
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return one.ino === other.ino && one.dev === other.dev && one.mtimeNs === other.mtimeNs;
}

import { randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, linkSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sync } from '@misp-pipeline/core';
import type { Snapshot } from '../known.ts';
import { INDEX_FILE, type Meta } from '../sqlite/index-file.ts';
import { makeBuildingFolder } from './building-folder.ts';

const PLANNED = /^planned-.*\.sqlite$/;
const OF_RELEASE = /^release-(\d+)\.sqlite$/;

/**
 * The indexes of a pipeline in their folder: the one that answers, one of a plan that may be applied, and those of earlier
 * releases, which may come back. Each is one file; what answers is replaced in one step.
 */
export class IndexFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Lets a finished index answer. The one that did is kept where it is of another release. Plans are stale then. */
  put(index: string): void {
    const answering = join(this.#folder, INDEX_FILE);
    const before = releaseOf(answering);
    if (before !== undefined && before !== releaseOf(index)) this.#keep(answering, this.#ofRelease(before));
    sync(index);
    renameSync(index, answering);
    this.#dropPlans();
    sync(this.#folder);
  }

  /** Keeps a finished index until its plan is applied. */
  putPlanned(index: string, fingerprint: string): void {
    this.#dropPlans();
    sync(index);
    renameSync(index, this.#planned(fingerprint));
    sync(this.#folder);
  }

  /** Lets the index of a plan answer for the release that it has become. Returns false when there is none. */
  putApplied(fingerprint: string, release: number): boolean {
    const planned = this.#planned(fingerprint);
    if (!existsSync(planned)) return false;
    change(planned, (snapshot) => ({ ...snapshot, release }));
    this.put(planned);
    return true;
  }

  /** Lets the index of an earlier release answer for the one that restored it. Returns false when there is none any more. */
  putRestored(earlier: number, release: number): boolean {
    const kept = this.#ofRelease(earlier);
    if (!existsSync(kept)) return false;
    const building = makeBuildingFolder(this.#folder);
    try {
      const copy = join(building, INDEX_FILE);
      copyFileSync(kept, copy);
      change(copy, (snapshot) => ({ ...snapshot, id: randomUUID(), release }));
      this.put(copy);
      return true;
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  }

  /** Removes the indexes of releases that cannot come back. */
  prune(restorable: ReadonlySet<number>): void {
    for (const name of readdirSync(this.#folder)) {
      const release = OF_RELEASE.exec(name)?.[1];
      if (release !== undefined && !restorable.has(Number(release))) rmSync(join(this.#folder, name), { force: true });
    }
  }

  #keep(index: string, place: string): void {
    rmSync(place, { force: true });
    try {
      linkSync(index, place);
    } catch {
      // Not every file system knows a file by two names.
      copyFileSync(index, place);
      chmodSync(place, 0o600);
    }
  }

  #dropPlans(): void {
    for (const name of readdirSync(this.#folder))
      if (PLANNED.test(name)) rmSync(join(this.#folder, name), { force: true });
  }

  #planned(fingerprint: string): string {
    return join(this.#folder, `planned-${fingerprint}.sqlite`);
  }

  #ofRelease(release: number): string {
    return join(this.#folder, `release-${release}.sqlite`);
  }
}

/** Undefined when there is no index, none that can be read, or one that was made while nothing was live. */
function releaseOf(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return withIndex(path, { readOnly: true }, metaOf).snapshot.release;
  } catch {
    // A damaged index is to be replaced, not to be kept.
    return undefined;
  }
}

/** Rewrites what an index that nobody reads says of itself. */
function change(path: string, renewed: (snapshot: Snapshot) => Snapshot): void {
  withIndex(path, { readOnly: false }, (db) => {
    const meta = metaOf(db);
    const document = JSON.stringify({ ...meta, snapshot: renewed(meta.snapshot) });
    db.exec('PRAGMA journal_mode = OFF');
    db.prepare('UPDATE meta SET document = ?').run(document);
  });
}

function withIndex<T>(path: string, options: { readonly readOnly: boolean }, act: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path, options);
  try {
    return act(db);
  } finally {
    db.close();
  }
}

function metaOf(db: DatabaseSync): Meta {
  return JSON.parse(String(db.prepare('SELECT document FROM meta').get()?.document));
}

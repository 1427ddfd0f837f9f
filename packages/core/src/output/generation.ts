import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { pipelineError } from '../errors.ts';
import { isIntact } from './intact.ts';
import { contentOf, type Manifest, manifestText, named } from './manifest.ts';
import { sync } from './sync.ts';
import { writingBelow } from './writing.ts';

const GENERATION = /^[0-9a-f]{16}(?:-\d+)?$/;
const STAGING = '.staging';

/** What went live. */
export interface Publication {
  /** Folder that engines read: `<dir>/current`. */
  readonly dir: string;
  readonly generation: string;
  /** Generation that was live before, if any. */
  readonly previous: string | undefined;
  /** False when the very same files were live already. */
  readonly changed: boolean;
}

/**
 * The folder of one exporter: `generations/<id>` with complete sets of files, and the symlink `current` that names the
 * live one. Whatever happens, `current` names a complete generation: files are written beside, made to last, moved in
 * by one rename, and the symlink is replaced by another.
 */
export class GenerationFolder {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  get #current(): string {
    return join(this.#dir, 'current');
  }

  #generation(id: string): string {
    return join(this.#dir, 'generations', id);
  }

  /** The generation that `current` names; undefined before the first. Throws OUTPUT_OCCUPIED when it is no symlink. */
  live(): string | undefined {
    const stat = lstatSync(this.#current, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (!stat.isSymbolicLink()) throw pipelineError('OUTPUT_OCCUPIED', { path: this.#current });
    return basename(readlinkSync(this.#current));
  }

  /** Folder that engines read. */
  get currentDir(): string {
    return this.#current;
  }

  /** Absolute folder of a generation. */
  dirOf(id: string): string {
    return this.#generation(id);
  }

  /** Absolute folder of the live generation, or undefined before the first. */
  liveDir(): string | undefined {
    const live = this.live();
    return live === undefined ? undefined : this.#generation(live);
  }

  /** Whether exactly what the manifest says is live: the same generation, its files untouched. */
  holds(manifest: Manifest): boolean {
    const dir = this.liveDir();
    return dir !== undefined && isIntact(dir, manifest);
  }

  /** An empty folder to write into. Leftovers of a run that was killed are cleared away. Throws OUTPUT_UNWRITABLE. */
  stage(): string {
    const staging = this.#generation(STAGING);
    writingBelow(this.#dir, () => {
      this.live();
      rmSync(staging, { recursive: true, force: true });
      mkdirSync(staging, { recursive: true });
    });
    return staging;
  }

  /** Drops what was staged. */
  discard(): void {
    rmSync(this.#generation(STAGING), { recursive: true, force: true });
  }

  /**
   * Puts the staged files at their place among the generations, where they last but are not live yet. Returns the name of
   * the place: that of the manifest, with a number where somebody has changed the files of a generation of that name.
   * Throws OUTPUT_UNWRITABLE.
   */
  keep(manifest: Manifest): string {
    const id = this.#placeFor(manifest);
    writingBelow(this.#dir, () => this.#moveTo(this.#generation(id), manifest));
    return id;
  }

  #moveTo(target: string, manifest: Manifest): void {
    const staging = this.#generation(STAGING);
    if (existsSync(target)) {
      rmSync(staging, { recursive: true });
      const now = new Date();
      utimesSync(target, now, now);
      return;
    }
    writeFileSync(join(staging, 'manifest.json'), manifestText(manifest));
    for (const folder of foldersBelow(staging)) sync(folder);
    sync(join(staging, 'manifest.json'));
    renameSync(staging, target);
    sync(join(this.#dir, 'generations'));
  }

  /** Makes a generation live in one step; undefined: none is live any more. Throws OUTPUT_UNWRITABLE. */
  switchTo(id: string | undefined): void {
    if (this.live() === id) return;
    writingBelow(this.#dir, () => this.#link(id));
  }

  #link(id: string | undefined): void {
    if (id === undefined) rmSync(this.#current);
    else {
      const next = join(this.#dir, '.current');
      rmSync(next, { force: true });
      symlinkSync(join('generations', id), next);
      renameSync(next, this.#current);
    }
    sync(this.#dir);
  }

  /** The manifest of a generation whose files are all there and as they were written; otherwise undefined. */
  intact(id: string): Manifest | undefined {
    try {
      const manifest = JSON.parse(readFileSync(join(this.#generation(id), 'manifest.json'), 'utf8')) as Manifest;
      return named(contentOf(manifest)).generation === id.slice(0, manifest.generation.length) &&
        isIntact(this.#generation(id), manifest)
        ? manifest
        : undefined;
    } catch {
      // No such generation, or no manifest that could be read.
      return undefined;
    }
  }

  /**
   * A place that is free or holds exactly this generation. Where somebody has changed the files of a generation, the true
   * ones get a place of their own: taking the changed ones away first would leave `current` without files for a moment.
   */
  #placeFor(manifest: Manifest): string {
    for (let copy = 1; ; copy++) {
      const id = copy === 1 ? manifest.generation : `${manifest.generation}-${copy}`;
      const folder = this.#generation(id);
      if (!existsSync(folder) || isIntact(folder, manifest)) return id;
    }
  }

  /** Whether there is such a generation, intact or not. */
  has(id: string): boolean {
    return existsSync(this.#generation(id));
  }

  /**
   * Removes generations beyond `keep`.
   * @param wanted what is to stay rather than others, after the live one; of the others the newest ones stay.
   */
  prune(keep: number, wanted: readonly string[] = []): void {
    const folder = join(this.#dir, 'generations');
    if (!existsSync(folder)) return;
    const names = readdirSync(folder).filter((name) => GENERATION.test(name));
    const times = new Map(names.map((name) => [name, statSync(this.#generation(name)).mtimeMs]));
    const newest = names.sort((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0));
    const live = this.live();
    const ranked = new Set([...(live === undefined ? [] : [live]), ...wanted, ...newest]);
    const present = [...ranked].filter((name) => times.has(name));
    for (const name of present.slice(keep)) rmSync(this.#generation(name), { recursive: true, force: true });
  }
}

/** The folder itself and all folders below it. */
function foldersBelow(folder: string): string[] {
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.flatMap((entry) => foldersBelow(join(folder, entry.name)))];
}

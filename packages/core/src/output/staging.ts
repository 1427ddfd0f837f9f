import { createHash, type Hash } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipelineError } from '../errors.ts';
import type { Indicator } from '../indicator.ts';
import type { ManifestFile } from './manifest.ts';
import type { Output, OutputFile, Placement } from './output.ts';
import { syncAll } from './sync.ts';
import { writingBelow } from './writing.ts';

const PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** Text that may wait in memory before it is written, over all files. */
const BUFFER_LIMIT = 1 << 20;

/** Bytes that one unit of a string takes at most in UTF-8. */
const LONGEST_CHARACTER = 3;

interface StagedFile extends OutputFile {
  readonly hash: Hash;
  waiting: string;
  bytes: number;
  entries: number;
}

/**
 * Takes what one exporter writes: into a folder that nobody reads yet, or nowhere in a dry run. Files are held open
 * only while they are written, since an exporter may write thousands.
 */
export class StagedOutput implements Output {
  readonly placed?: (indicator: Indicator, placement: Placement) => void;
  readonly #exporter: string;
  readonly #dir: string | undefined;
  readonly #files = new Map<string, StagedFile>();
  /** Files that are new or have text waiting. */
  readonly #unwritten = new Map<string, StagedFile>();
  readonly #folders = new Set<string>();
  /** Used again for every piece: fresh buffers would pile up until the next garbage collection. */
  readonly #bytes = Buffer.allocUnsafe(2 * BUFFER_LIMIT * LONGEST_CHARACTER);
  #waiting = 0;

  /** @param dir an empty folder; undefined to only count. */
  constructor(exporter: string, dir: string | undefined, placed?: (indicator: Indicator, at: Placement) => void) {
    this.#exporter = exporter;
    this.#dir = dir;
    if (placed !== undefined) this.placed = placed;
  }

  file(path: string): OutputFile {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    if (!PATH.test(path) || path === 'manifest.json')
      throw pipelineError('OUTPUT_PATH', { exporter: this.#exporter, path });
    const file: StagedFile = {
      hash: createHash('sha256'),
      waiting: '',
      bytes: 0,
      entries: 0,
      write: (text) => {
        if (file.waiting === '') this.#unwritten.set(path, file);
        file.waiting += text;
        this.#waiting += text.length;
        if (this.#waiting > BUFFER_LIMIT) this.#flush();
      },
      count: (entries) => {
        file.entries += entries;
      },
    };
    this.#files.set(path, file);
    this.#unwritten.set(path, file);
    return file;
  }

  #flush(): void {
    for (const [path, file] of this.#unwritten) {
      const bytes = this.#encoded(file.waiting);
      file.waiting = '';
      file.bytes += bytes.length;
      file.hash.update(bytes);
      this.#append(path, bytes);
    }
    this.#unwritten.clear();
    this.#waiting = 0;
  }

  /** The text in UTF-8, good until the next call. */
  #encoded(text: string): Buffer {
    if (text.length * LONGEST_CHARACTER > this.#bytes.length) return Buffer.from(text, 'utf8');
    return this.#bytes.subarray(0, this.#bytes.write(text, 'utf8'));
  }

  #append(path: string, bytes: Buffer): void {
    const dir = this.#dir;
    if (dir === undefined) return;
    const folder = dirname(join(dir, path));
    writingBelow(dir, () => {
      if (!this.#folders.has(folder)) mkdirSync(folder, { recursive: true });
      this.#folders.add(folder);
      appendFileSync(join(dir, path), bytes);
    });
  }

  /** Writes what waits and makes it last through a loss of power. Called once, when the exporter has finished. */
  async finish(): Promise<ManifestFile[]> {
    this.#flush();
    const files: ManifestFile[] = [];
    for (const [path, { hash, bytes, entries }] of this.#files) {
      files.push({ path, bytes, sha256: hash.digest('hex'), entries });
    }
    const dir = this.#dir;
    if (dir !== undefined) await syncAll(files.map(({ path }) => join(dir, path)));
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

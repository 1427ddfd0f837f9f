import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { messageOf, pipelineError } from '@misp-pipeline/core';
import { parseManifest } from '@misp-pipeline/misp';
import type { OpenedFeed } from './feed.ts';
import type { Gaps } from './gaps.ts';
import { readDocument } from './read-document.ts';

const MANIFEST = 'manifest.json';

/** Finds the event files of a folder, or takes a single file. Nothing is copied. */
export class LocalFeed {
  readonly #path: string;
  readonly #source: string;
  readonly #maxBytes: number;

  /** `source` is the id for messages. */
  constructor(path: string, source: string, maxBytes: number) {
    this.#path = path;
    this.#source = source;
    this.#maxBytes = maxBytes;
  }

  /** Throws when there is no such folder or its manifest cannot be read. */
  async open(gaps: Gaps): Promise<OpenedFeed> {
    const isFile = (await this.#stat()).isFile();
    const dir = isFile ? dirname(this.#path) : this.#path;
    if (isFile && basename(this.#path) !== MANIFEST) return opened(dir, [this.#path]);
    if ((await readdir(dir)).includes(MANIFEST)) return this.#listed(dir, gaps);
    const files = await eventFiles(dir);
    if (files.length === 0) gaps.add({ message: 'the folder holds no event file', place: dir });
    return opened(dir, files);
  }

  async #stat() {
    try {
      return await stat(this.#path);
    } catch (error) {
      throw this.#unreachable(messageOf(error));
    }
  }

  async #listed(dir: string, gaps: Gaps): Promise<OpenedFeed> {
    const place = join(dir, MANIFEST);
    try {
      const { entries, faults } = parseManifest(await readDocument(place, this.#maxBytes));
      for (const message of faults) gaps.add({ message, place });
      const files = entries.map(({ file, sha256 }) => ({ path: join(dir, file), place: file, sha256 }));
      return { listed: files.length, files, asOf: await newest([place]), settle: async () => {} };
    } catch (error) {
      throw this.#unreachable(`\`${place}\`: ${messageOf(error)}`);
    }
  }

  #unreachable(why: string) {
    return pipelineError('SOURCE_UNREACHABLE', { source: this.#source, why });
  }
}

/** Paths of all JSON files in any depth, sorted. Hidden files and folders, and links to folders, are passed over. */
async function eventFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/(^|\/)\./.test(relative(dir, path)))
    .sort();
}

/** Places count from the folder, so that they are the same on every machine. */
async function opened(dir: string, paths: readonly string[]): Promise<OpenedFeed> {
  const files = paths.map((path) => ({ path, place: relative(dir, path) }));
  return { listed: files.length, files, asOf: await newest(paths), settle: async () => {} };
}

/** When the file was changed that was changed last; those that are gone meanwhile do not count. */
async function newest(paths: readonly string[]): Promise<Date | undefined> {
  let latest: Date | undefined;
  for (const path of paths) {
    const { mtime } = await stat(path).catch(() => ({ mtime: undefined }));
    if (mtime !== undefined && (latest === undefined || mtime > latest)) latest = mtime;
  }
  return latest;
}

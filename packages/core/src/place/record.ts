import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../error-code.ts';
import { messageOf } from '../errors.ts';
import { replaceFile, sync } from '../output/sync.ts';
import { explained, placingError } from './error.ts';

const placedFile = z.strictObject({
  /** Absolute, without symlinks. */
  path: z.string(),
  /** Of what was placed, lower-case hex: a file with another digest is not ours any more. */
  sha256: z.string(),
  exporter: z.string(),
  /** Folder or archive of the place, as in the config. */
  place: z.string(),
  /** Where the file is kept that stood there before the first placing. */
  before: z.string().optional(),
  /** Absolute paths of what goes when the file changes. */
  companions: z.array(z.string()),
});

export const placedFiles = z.array(placedFile);

/** One file that we placed. */
export type PlacedFile = z.output<typeof placedFile>;

const recordOf = (stateDir: string) => join(stateDir, 'placed.json');

/** What is placed at the moment, by everything that shares the state folder. */
export function loadRecord(stateDir: string): PlacedFile[] {
  return (loadJson(recordOf(stateDir), placedFiles) ?? []).map(located);
}

/** Where a file of ours stands now that a folder above it may have become a symlink. */
function located(file: PlacedFile): PlacedFile {
  try {
    const folder = realpathSync(dirname(file.path));
    const here = (path: string) => join(folder, basename(path));
    const kept = file.before === undefined ? {} : { before: here(file.before) };
    return { ...file, path: here(file.path), companions: file.companions.map(here), ...kept };
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return file;
  }
}

export function saveRecord(stateDir: string, record: readonly PlacedFile[]): void {
  saveJson(recordOf(stateDir), record);
}

/** Ids of the exporters that have files placed, also of those that have left the config. */
export function placedExporters(stateDir: string): string[] {
  return [...new Set(loadRecord(stateDir).map(({ exporter }) => exporter))].sort();
}

/** What a file of the state folder says; undefined when there is none. */
export function loadJson<T>(path: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw placingError(
      `\`${path}\` cannot be used: ${messageOf(error)}`,
      'It says what was placed where. Restore it, or move it away: then files that stand at a place are not known as ours.',
      error,
    );
  }
}

/** Replaces a file of the state folder so that it lasts through a loss of power. */
export function saveJson(path: string, content: unknown): void {
  explained(path, () => {
    replaceFile(path, JSON.stringify(content));
    sync(dirname(path));
  });
}

import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { digestOf } from '../output/digest.ts';
import { md5Of, pack } from './archive.ts';
import { placingError } from './error.ts';
import { pathBelow, rootOf } from './folder.ts';
import { type Place, placeName } from './options.ts';
import { type Attributes, attributesOf } from './owner.ts';
import { isPlainPath, isSelected, stripped } from './pattern.ts';

/** The files of one generation. */
export interface Generation {
  /** Absolute folder that holds them. */
  readonly dir: string;
  /** As in the manifest: relative paths and the digests in lower-case hex. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** A file that has to stand somewhere. */
export interface Target {
  readonly exporter: string;
  /** The place as it is called in the config. */
  readonly place: string;
  /** Absolute, without symlinks above it. */
  readonly path: string;
  /** File with the bytes. */
  readonly source: string;
  readonly sha256: string;
  readonly attributes: Attributes;
  /** Absolute paths of what goes when the file changes. */
  readonly companions: readonly string[];
  readonly overwrite: boolean;
  /** Speaks of other files, and is switched after them. */
  readonly isSeal: boolean;
}

/** What one place of one exporter is to hold. */
export interface Wanted {
  readonly targets: readonly Target[];
  /** Patterns of the place that select nothing. */
  readonly unmatched: readonly string[];
}

/** @param scratch an empty folder, for files that are made first. */
export async function wantedAt(
  place: Place,
  exporter: string,
  { dir, files }: Generation,
  scratch: string,
  signal: AbortSignal,
): Promise<Wanted> {
  const selected = files
    .filter(({ path }) => place.files.some((pattern) => isSelected(path, pattern)))
    .map(({ path, sha256 }) => ({ path: placedPath(path, place), source: join(dir, path), sha256 }));
  const unmatched = place.files.filter((pattern) => !files.some(({ path }) => isSelected(path, pattern)));
  const common = { exporter, place: placeName(place), attributes: attributesOf(place), overwrite: place.overwrite };
  const at = (root: string, path: string, source: string, sha256: string, isSeal = false): Target => {
    const target = pathBelow(root, path);
    return { ...common, path: target, source, sha256, companions: companionsOf(target, place), isSeal };
  };
  if (place.archive === undefined) {
    const root = rootOf(place.to ?? '');
    return { targets: selected.map(({ path, source, sha256 }) => at(root, path, source, sha256)), unmatched };
  }
  const name = basename(place.archive);
  const folder = name.slice(0, -'.tar.gz'.length);
  const packed = join(scratch, hash('sha256', place.archive));
  const inside = selected.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
  await pack(inside, packed, signal);
  const md5 = md5Of(packed);
  writeFileSync(`${packed}.md5`, md5);
  const root = rootOf(dirname(place.archive));
  const archive = at(root, name, packed, digestOf(packed));
  return { targets: [archive, at(root, `${name}.md5`, `${packed}.md5`, hash('sha256', md5), true)], unmatched };
}

function placedPath(path: string, { strip }: Place): string {
  if (isPlainPath(path)) return stripped(path, strip);
  throw placingError(`a generation has the file \`${path}\``, 'Its manifest was changed. Run the pipeline again.');
}

function companionsOf(path: string, { remove }: Place): string[] {
  return remove.map((name) => join(dirname(path), name.replaceAll('{file}', basename(path))));
}

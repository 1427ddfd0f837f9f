import { createHash } from 'node:crypto';
import { lstatSync, type Stats } from 'node:fs';
import { errorCode } from '../error-code.ts';
import { digestOf, piecesOf } from '../output/digest.ts';
import { explained, placingError } from './error.ts';
import type { Attributes } from './owner.ts';

/** What stands at a path. */
export type Standing =
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'file'; readonly sha256: string } & Attributes)
  | { readonly kind: 'symlink' }
  /** A folder, a device, a socket. */
  | { readonly kind: 'other' };

export function standingAt(path: string): Standing {
  return explained(path, () => look(path));
}

function look(path: string): Standing {
  const stat = statAt(path);
  if (stat === undefined) return { kind: 'nothing' };
  if (stat.isSymbolicLink()) return { kind: 'symlink' };
  if (!stat.isFile()) return { kind: 'other' };
  return { kind: 'file', sha256: digestOf(path), uid: stat.uid, gid: stat.gid, mode: stat.mode & 0o7777 };
}

/** What the system says of a path, not following a symlink; undefined when nothing stands there. */
export function statAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A file where a folder was: nothing can stand below it.
    if (errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The bytes of a file, as {@link piecesOf} gives them; throws at the end when they are not what they should be. */
export function* verifiedPiecesOf(path: string, sha256: string): Generator<Buffer> {
  const hash = createHash('sha256');
  for (const piece of piecesOf(path)) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== sha256)
    throw placingError(
      `\`${path}\` is not what its manifest says`,
      'Somebody changed a file of the generation. Run the pipeline again: it writes the generation anew.',
    );
}

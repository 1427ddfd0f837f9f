import { createHash } from 'node:crypto';
import { createWriteStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Header } from 'tar';
import { piecesOf } from '../output/digest.ts';
import { placingError } from './error.ts';
import { verifiedPiecesOf } from './standing.ts';

const BLOCK = 512;

/** A file to pack. */
export interface Packed {
  /** Name in the archive. */
  readonly path: string;
  readonly source: string;
  readonly sha256: string;
}

/**
 * Writes a `.tar.gz`. The same files give the same bytes: in the order of their names, all of 1 January 1970, of user and
 * group 0, readable by everybody.
 */
export async function pack(files: readonly Packed[], archive: string, signal: AbortSignal): Promise<void> {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  await pipeline(Readable.from(blocksOf(sorted)), createGzip(), createWriteStream(archive), { signal });
}

function* blocksOf(files: readonly Packed[]): Generator<Buffer> {
  for (const { path, source, sha256 } of files) {
    const { size } = statSync(source);
    yield headerOf(path, size);
    // The stream keeps pieces waiting, and a piece is good only until the next one.
    for (const piece of verifiedPiecesOf(source, sha256)) yield Buffer.from(piece);
    yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

function headerOf(path: string, size: number): Buffer {
  const header = new Header({ path, size, mode: 0o644, uid: 0, gid: 0, mtime: new Date(0), type: 'File' });
  const isTooLong = header.encode();
  if (isTooLong || header.block === undefined)
    throw placingError(`\`${path}\` does not fit into an archive`, 'Give the archive a shorter name.');
  return header.block;
}

/** The text of the checksum file: the bare digits, which is what `suricata-update` compares. */
export function md5Of(archive: string): string {
  const hash = createHash('md5');
  for (const piece of piecesOf(archive)) hash.update(piece);
  return hash.digest('hex');
}

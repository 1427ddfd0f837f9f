import { createHash } from 'node:crypto';
import { closeSync, constants, openSync, readSync } from 'node:fs';

const PIECE = 1 << 20;

/** Used again for every file: there may be thousands, and what is allocated for each lasts until the next collection. */
const room = Buffer.allocUnsafe(PIECE);

/** SHA-256 of a file, lower-case hex. Throws for a symlink too. */
export function digestOf(path: string): string {
  const hash = createHash('sha256');
  for (const piece of pieces(path, room)) hash.update(piece);
  return hash.digest('hex');
}

/** The bytes of a file, which is no symlink. A piece is good until the next one. */
export function piecesOf(path: string): Generator<Buffer> {
  return pieces(path, Buffer.allocUnsafe(PIECE));
}

function* pieces(path: string, piece: Buffer): Generator<Buffer> {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    for (let bytes = readSync(descriptor, piece); bytes > 0; bytes = readSync(descriptor, piece))
      yield piece.subarray(0, bytes);
  } finally {
    closeSync(descriptor);
  }
}

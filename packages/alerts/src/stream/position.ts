import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** A place in a file that is found again after the file was renamed, copied, or written anew under its old name. */
export interface Position {
  readonly inode: number;
  /** Bytes before it; a line begins there. */
  readonly offset: number;
  /** How many of the first bytes {@link head} covers, at most `offset`. */
  readonly headBytes: number;
  /** SHA-256 of the first bytes, in hex. The first line of a log holds a time, so that no two logs begin alike. */
  readonly head: string;
}

/** Covers the first line of most logs. */
const HEAD_BYTES = 1024;

/** The position at an offset of an open file. */
export async function positionAt(file: FileHandle, inode: number, offset: number): Promise<Position> {
  const headBytes = Math.min(HEAD_BYTES, offset);
  return { inode, offset, headBytes, head: await headOf(file, headBytes) };
}

/** The position at a later offset of the same file. */
export async function furtherOn(file: FileHandle, position: Position, offset: number): Promise<Position> {
  return position.headBytes === HEAD_BYTES ? { ...position, offset } : positionAt(file, position.inode, offset);
}

/** Whether a file still holds what stood before the position. */
export async function holds(file: FileHandle, { offset, headBytes, head }: Position): Promise<boolean> {
  const { size } = await file.stat();
  return size >= offset && (await headOf(file, headBytes)) === head;
}

async function headOf(file: FileHandle, bytes: number): Promise<string> {
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, 0);
  return createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex');
}

import { readFile, stat } from 'node:fs/promises';
import { errorCode } from '@misp-pipeline/core';

/** The bytes of a file. Throws an Error that says what is wrong with the file. */
export async function readBoundedFile(path: string, maxBytes: number): Promise<Buffer> {
  const found = await stat(path).catch((error: unknown) => {
    throw isMissing(error) ? new Error('it is missing') : error;
  });
  if (!found.isFile()) throw new Error('it is no file');
  if (found.size > maxBytes) throw new Error(`${found.size} bytes are more than \`maxBytes: ${maxBytes}\` allows`);
  return readFile(path);
}

/** True for the error of a file system call whose file does not exist. */
export function isMissing(error: unknown): boolean {
  return errorCode(error) === 'ENOENT';
}

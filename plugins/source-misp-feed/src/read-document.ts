import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { parseJson } from '@misp-pipeline/misp';

/** The JSON document in a file. Throws an Error that says what is wrong with the file. */
export async function readDocument(path: string, maxBytes: number, sha256?: string): Promise<unknown> {
  const found = await stat(path).catch((error: unknown) => {
    throw isMissing(error) ? new Error('it is missing') : error;
  });
  if (!found.isFile()) throw new Error('it is no file');
  if (found.size > maxBytes) throw new Error(`${found.size} bytes are more than \`maxBytes: ${maxBytes}\` allows`);
  const bytes = await readFile(path);
  if (sha256 !== undefined) checkDigest(bytes, sha256);
  return parseJson(bytes);
}

/** Throws when a file is not the one that the manifest means. */
export function checkDigest(bytes: Buffer, sha256: string): void {
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== sha256) throw new Error(`its SHA-256 is ${digest} instead of ${sha256}`);
}

/** True for the error of a file system call whose file does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

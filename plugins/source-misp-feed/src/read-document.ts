import { createHash } from 'node:crypto';
import { parseJson, readBoundedFile } from '@misp-pipeline/misp';

/** The JSON document in a file. Throws an Error that says what is wrong with the file. */
export async function readDocument(path: string, maxBytes: number, sha256?: string): Promise<unknown> {
  const bytes = await readBoundedFile(path, maxBytes);
  if (sha256 !== undefined) checkDigest(bytes, sha256);
  return parseJson(bytes);
}

/** Throws when a file is not the one that the manifest means. */
export function checkDigest(bytes: Buffer, sha256: string): void {
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== sha256) throw new Error(`its SHA-256 is ${digest} instead of ${sha256}`);
}

import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Logger, type Secret, secret, z } from '@misp-pipeline/core';
import { HttpClient } from '../rest/http-client.ts';

const HEADER = /^[A-Za-z0-9-]+$/;
/** The longest wait that a server may ask for, in seconds. */
const MAX_WAIT = 120;

/** Option of every source that fetches from a web server. */
export const headersOption = z
  .record(z.string().regex(HEADER, 'write the name of a header'), secret())
  .default({})
  .describe('Headers to send with each request, such as a token; their values are secret.');

export interface FeedAccess {
  readonly headers: Readonly<Record<string, Secret>>;
  /** Path of a file with certificates in PEM. */
  readonly ca?: string | undefined;
  readonly verifyTls: boolean;
  readonly timeout: number;
  readonly retries: number;
  readonly retryDelay: number;
  readonly maxBytes: number;
}

/** A client for the web server of a feed. */
export async function feedClient({ headers, ca, ...access }: FeedAccess, logger: Logger): Promise<HttpClient> {
  return new HttpClient({
    ...access,
    logger,
    secretHeaders: headers,
    ca: ca === undefined ? undefined : await readFile(ca, 'utf8'),
    maxWait: MAX_WAIT,
  });
}

/** True for an address on the network; everything else is a path. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** A folder for one feed within that of its stage; it exists. Another address or path starts anew. */
export async function feedStateDir(stateDir: string, url: string): Promise<string> {
  const dir = join(stateDir, createHash('sha256').update(url).digest('hex').slice(0, 16));
  await mkdir(dir, { recursive: true });
  return dir;
}

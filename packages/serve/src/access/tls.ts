import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { messageOf, pipelineError } from '@misp-pipeline/core';
import type { TlsOptions } from '../options.ts';

/** A certificate with its key, in PEM. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** Reads a certificate and its key. Throws CONFIG_INVALID when they cannot be read or do not belong together. */
export async function readTls(options: TlsOptions): Promise<TlsFiles> {
  const [cert, key] = await Promise.all([readPart('cert', options.cert), readPart('key', options.key)]);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw refusal(`serve.tls: \`${options.cert}\` and \`${options.key}\` cannot be used: ${messageOf(error)}`, error);
  }
  return { cert, key };
}

async function readPart(name: keyof TlsOptions, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw refusal(`serve.tls.${name}: \`${path}\` cannot be read: ${messageOf(error)}`, error);
  }
}

function refusal(fault: string, cause: unknown): Error {
  return pipelineError('CONFIG_INVALID', { faults: [fault] }, cause);
}

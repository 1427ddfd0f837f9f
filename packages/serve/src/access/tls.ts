import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { type FaultAt, messageOf, pipelineError } from '@misp-pipeline/core';
import type { TlsOptions } from '../options.ts';

/** A certificate with its key, in PEM. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** Reads a certificate and its key. Throws CONFIG_INVALID when they cannot be read or do not belong together. */
export async function readTls(options: TlsOptions, faultAt: FaultAt): Promise<TlsFiles> {
  const readPart = (name: keyof TlsOptions) => readTlsFile(options[name], (why) => faultAt(`serve.tls.${name}`, why));
  const [cert, key] = await Promise.all([readPart('cert'), readPart('key')]);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const why = `\`${options.cert}\` and \`${options.key}\` cannot be used: ${messageOf(error)}`;
    throw refusal(faultAt('serve.tls', why), error);
  }
  return { cert, key };
}

async function readTlsFile(path: string, faultOf: (why: string) => string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw refusal(faultOf(`\`${path}\` cannot be read: ${messageOf(error)}`), error);
  }
}

function refusal(fault: string, cause: unknown): Error {
  return pipelineError('CONFIG_INVALID', { faults: [fault] }, cause);
}

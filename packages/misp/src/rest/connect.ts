import { readFile } from 'node:fs/promises';
import type { Logger } from '@misp-pipeline/core';
import type { ServerOptions } from '../server-options.ts';
import { MispClient } from './misp-client.ts';

/** A client of the server that the options name. Warns of what would let others read the key or forge the answers. */
export async function connect(options: ServerOptions, logger: Logger): Promise<MispClient> {
  const { ca, verifyTls, url } = options;
  if (!verifyTls) logger.warn('`verifyTls` is off: whoever is in between can read the key and forge the answers');
  if (url.startsWith('http:')) logger.warn('the key and the answers travel unencrypted, since `url` begins with http');
  return new MispClient({ ...options, logger, ca: ca === undefined ? undefined : await readFile(ca, 'utf8') });
}

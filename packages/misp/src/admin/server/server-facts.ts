import { isRecord, momentOf, textOf } from '../../fields.ts';
import type { MispClient } from '../../rest/misp-client.ts';
import { unexpected } from '../unexpected.ts';

/** What a server says of itself and of the key in one answer. */
export interface ServerFacts {
  readonly version: string;
  /** Unix seconds at which the key ends; undefined when it does not, or the server does not say. */
  readonly keyExpires: number | undefined;
  /** Seconds that the server's clock is ahead of ours; undefined when it does not tell its time. */
  readonly clockSkew: number | undefined;
}

/** Asks once, with nothing repeated: the answer tests network, certificate, key and role. */
export async function readServerFacts(client: MispClient, signal: AbortSignal): Promise<ServerFacts> {
  const start = Date.now();
  const { document, headers } = await client.get('servers/getVersion', { signal, retries: 0 });
  const middle = (start + Date.now()) / 2;
  const version = isRecord(document) ? textOf(document.version).trim() : '';
  if (version === '') throw unexpected('servers/getVersion', 'names no version');
  const date = Date.parse(headers.date ?? '');
  return {
    version,
    keyExpires: momentOf(headers['x-auth-key-expiration']),
    clockSkew: Number.isNaN(date) ? undefined : Math.round((date - middle) / 1000),
  };
}

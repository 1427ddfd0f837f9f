import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { parseRedisAddress, type RedisOptions } from '@misp-pipeline/core';
import type { RedisClientOptions } from '@redis/client';

/** The options in the form of the client. Reads the file of authorities. */
export function clientOptions(options: RedisOptions): RedisClientOptions {
  const address = parseRedisAddress(options.url.reveal());
  if (address === undefined) throw new Error('`url` is no address of Redis');
  const username = options.username?.reveal() ?? address.username;
  const password = options.password?.reveal() ?? address.password;
  return {
    socket: { ...socketOf(address, options.ca), connectTimeout: options.connectTimeout * 1000 },
    database: address.database,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    // What cannot be asked now is an error now, which the caller can act on.
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
  };
}

function socketOf(
  { socket, tls }: NonNullable<ReturnType<typeof parseRedisAddress>>,
  caFile: string | undefined,
): NonNullable<RedisClientOptions['socket']> {
  if ('path' in socket) return { ...socket, tls: false };
  if (tls === undefined) return socket;
  const ca = caFile === undefined ? {} : { ca: readFileSync(caFile) };
  return { ...socket, ...(isIP(tls.servername) === 0 && tls), ...ca, tls: true };
}

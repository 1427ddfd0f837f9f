import { filePath, secret, span, spanOrNone, z } from '@misp-pipeline/core';
import { parseAddress } from './address.ts';

/** How an index that several nodes share is reached, and how long it is kept there. */
export const redisOptions = z
  .strictObject({
    url: secret()
      .refine((url) => parseAddress(url.reveal()) !== undefined, {
        error: 'write `redis://host:port/database`, `rediss://...` for TLS, or `unix:///path/of/the/socket`',
      })
      .describe('Address of the Redis or Valkey server; it may hold a user and a password.'),
    username: secret().optional().describe('User, when it does not stand in `url`.'),
    password: secret().optional().describe('Password, when it does not stand in `url`.'),
    ca: filePath()
      .optional()
      .describe('Certificates in PEM of the authorities to trust instead of the well-known ones.'),
    connectTimeout: z.number().positive().max(300).default(2).describe('Seconds that a connection may take.'),
    timeout: z.number().positive().max(300).default(1).describe('Seconds that an answer may take.'),
    prefix: z
      .string()
      .regex(/^[\w.-]{1,100}$/, 'write letters, digits, `_`, `.` and `-`')
      .default('misp-pipeline')
      .describe('First part of all keys; each pipeline needs one of its own.'),
    ttl: span().default('7d').describe('How long an index answers that no later one replaces.'),
    grace: spanOrNone().default('1m').describe('How long an index is kept that a later one has replaced.'),
  })
  .refine(({ url, ca }) => ca === undefined || parseAddress(url.reveal())?.tls !== undefined, {
    error: 'needs a `rediss:` URL',
    path: ['ca'],
  });

export type RedisOptions = z.output<typeof redisOptions>;

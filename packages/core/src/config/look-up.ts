import { z } from 'zod';
import { TLP_LABELS } from '../indicator.ts';
import { filePath, secret } from '../secret.ts';
import { span, spanOrNone } from '../span.ts';
import { listenAddress } from '../value/listen-address.ts';
import { parseRedisAddress } from '../value/redis-address.ts';

/** How an index that several nodes share is reached, and how long it is kept there. */
export const redisOptions = z
  .strictObject({
    url: secret()
      .refine((url) => parseRedisAddress(url.reveal()) !== undefined, {
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
  .refine(({ url, ca }) => ca === undefined || parseRedisAddress(url.reveal())?.tls !== undefined, {
    error: 'needs a `rediss:` URL',
    path: ['ca'],
  });

/** The index of everything that a run knows. */
const index = z.strictObject({
  dir: filePath().optional().describe('Folder of the index; `index` in the state folder by default.'),
  redis: redisOptions.optional().describe('Redis or Valkey server that gets a copy, for several nodes.'),
});

/** A label that TLP defines. */
const tlpLabel = z.enum(TLP_LABELS).exclude(['unknown']);

/** Characters of a token; 32 hexadecimal digits hold 128 bits. */
export const SHORTEST_TOKEN = 32;

/** One who may ask the look-up service. */
const serveToken = z
  .strictObject({
    token: secret()
      .refine(
        (token) => token.reveal().length >= SHORTEST_TOKEN,
        `write ${SHORTEST_TOKEN} characters or more; \`openssl rand -hex 32\` makes a token`,
      )
      .optional()
      .describe('The token, of 32 characters or more, such as `${file:/run/secrets/siem}`.'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'write 64 hexadecimal digits in lower case')
      .optional()
      .describe('SHA-256 of the token, instead of the token itself.'),
    max: tlpLabel.default('green').describe('Strictest TLP label that it is told.'),
    rate: z.int().min(1).optional().describe('Requests a minute; `rate` of the service by default.'),
    metrics: z
      .boolean()
      .default(false)
      .describe('Whether it may read `/metrics`, which count everything that is known.'),
  })
  .refine(({ token, sha256 }) => (token === undefined) !== (sha256 === undefined), {
    message: 'write either `token` or `sha256`',
  });

/** What one client may ask of the look-up service. */
const serveLimits = z.strictObject({
  body: z.int().min(1024).default(1_048_576).describe('Bytes of a JSON body.'),
  values: z.int().min(1).max(100_000).default(1000).describe('Values of a JSON body.'),
  length: z.int().min(1).max(65_536).default(4096).describe('Characters of a value.'),
  lines: z.int().min(1).default(1_000_000).describe('Lines of an NDJSON body.'),
  details: z
    .int()
    .min(1)
    .default(100)
    .describe('Indicators of an answer, and attributes and artefacts of each, that are listed; summaries count all.'),
  answer: z.int().min(1024).default(33_554_432).describe('Characters of the answer to a JSON body.'),
  connections: z.int().min(1).default(256).describe('Connections at a time.'),
  timeout: z
    .number()
    .min(1)
    .max(3600)
    .default(30)
    .describe('Seconds for the headers, for a JSON body, without a byte in either direction, and at the end.'),
});

/** Where and whom the look-up service answers. */
const serve = z.strictObject({
  listen: z
    .string()
    .refine((text) => listenAddress(text) !== undefined, 'write an address and a port, such as `127.0.0.1:8472`')
    .default('127.0.0.1:8472')
    .describe('Address and port.'),
  tls: z
    .strictObject({
      cert: filePath().describe('PEM file of the certificate, with those between it and the authority.'),
      key: filePath().describe('PEM file of its key.'),
    })
    .optional()
    .describe('Certificate, read again on SIGHUP; needed where other machines ask.'),
  tokens: z
    .record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'a name is letters, digits, `_` and `-`'), serveToken)
    .default({})
    .describe('Who may ask, by name; needed where other machines ask.'),
  max: tlpLabel.default('amber').describe('Strictest TLP label that is told where there are no tokens.'),
  unmarked: tlpLabel.default('amber').describe('TLP label that an attribute without any counts as.'),
  rate: z.int().min(1).default(6000).describe('Requests a minute of each token, or of each address without one.'),
  maxAge: span().optional().describe('Age of the snapshot above which the service is not ready, such as `2d`.'),
  auditValues: z.boolean().default(false).describe('Whether the audit log has the values that were looked up.'),
  limits: serveLimits.prefault({}).describe('What one client may ask.'),
});

/** The parts of the config that say how what is known can be looked up. */
export const LOOK_UP = { index, serve } as const;

export type IndexOptions = z.output<typeof index>;
export type RedisOptions = z.output<typeof redisOptions>;
export type ServeOptions = z.output<typeof serve>;

import type { IndicatorKind } from '@misp-pipeline/core';

const HASHES = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'imphash'] as const;
const ADDRESSES = ['ipv4', 'ipv6'] as const;
const NAMES = ['domain', 'hostname'] as const;

/** What a value in a field can be. A text means different things in different fields. */
export const SIGHTS = {
  address: ADDRESSES,
  host: [...NAMES, ...ADDRESSES],
  url: ['url', ...NAMES, ...ADDRESSES],
  uri: ['uri'],
  'user-agent': ['user-agent'],
  cookie: ['cookie'],
  method: ['http-method'],
  ja3: ['ja3'],
  ja4: ['ja4'],
  hassh: ['hassh'],
  hasshserver: ['hasshserver'],
  certificate: ['x509-md5', 'x509-sha1', 'x509-sha256'],
  hash: HASHES,
  file: ['filename', 'email-attachment'],
  program: ['filename', 'process-name'],
  'mail-from': ['email', 'email-src'],
  'mail-to': ['email', 'email-dst'],
  'mail-reply': ['email', 'email-reply-to'],
  'mail-subject': ['email-subject'],
  'mail-id': ['email-message-id'],
  mailer: ['email-x-mailer'],
  registry: ['regkey'],
  pipe: ['named-pipe'],
  service: ['service-name'],
} satisfies Record<string, readonly IndicatorKind[]>;

export type Sight = keyof typeof SIGHTS;

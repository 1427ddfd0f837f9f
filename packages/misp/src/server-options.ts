import { secret, z } from '@misp-pipeline/core';
import { requestOptions } from './source-options.ts';

/** Options of everything that talks to a MISP server. */
export const serverOptions = {
  url: z
    .string()
    .refine(isServerUrl, 'write the address of the server, such as `https://misp.example.org`, without user and query')
    .describe('Address of the server; it may have a path.'),
  key: secret().describe('Authentication key of the user whose view of the server is read.'),
  ...requestOptions,
  timeout: requestOptions.timeout.default(120),
  verifyTls: z.boolean().default(true).describe('Refuse a server whose certificate is not trusted.'),
  maxBytes: z
    .int()
    .min(1024)
    .default(100 * 1024 * 1024)
    .describe('Bytes that one answer of the server may have.'),
};

const serverSchema = z.object(serverOptions);

export type ServerOptions = z.output<typeof serverSchema>;

function isServerUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}

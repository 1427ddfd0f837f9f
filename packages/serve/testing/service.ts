import { Secret } from '@misp-pipeline/core';
import type { LookupIndex, Query } from '@misp-pipeline/lookup';
import { RecordingLogger } from '@misp-pipeline/testing';
import {
  type RunningServer,
  type ServeOptions,
  type ServerParts,
  startServer,
  type TokenOptions,
} from '../src/index.ts';

/** As the config has them when it says nothing of them. */
export const OPTIONS: ServeOptions = {
  listen: '127.0.0.1:0',
  tokens: {},
  max: 'amber',
  unmarked: 'amber',
  rate: 1_000_000,
  auditValues: false,
  limits: {
    body: 1_048_576,
    values: 1000,
    length: 4096,
    lines: 1_000_000,
    details: 100,
    answer: 33_554_432,
    connections: 256,
    timeout: 30,
  },
};

export const LOOPBACK = { host: '127.0.0.1', port: 0, isPublic: false };

/** A service with the log it wrote. */
export interface TestService extends RunningServer {
  readonly log: readonly string[];
}

/** Starts a service on a port that the system chooses. Values are read as domains, after `[.]` became a dot. */
export async function startService(
  index: LookupIndex,
  options: Partial<ServeOptions> = {},
  parts: Partial<ServerParts> = {},
): Promise<TestService> {
  const log = new RecordingLogger();
  const server = await startServer({
    options: { ...OPTIONS, ...options },
    address: LOOPBACK,
    insecureHttp: false,
    index,
    readingsOf: asDomain,
    clock: { now: () => new Date('2026-11-24T01:00:00Z') },
    logger: log.logger,
    faultAt: (path, message) => `${path}: ${message}`,
    ...parts,
  });
  return { ...server, log: log.lines };
}

/** A token of 32 characters that begin with its name. */
export function tokenText(name: string): string {
  return name.padEnd(32, '0');
}

export function aToken(name: string, fields: Partial<TokenOptions> = {}): TokenOptions {
  return { token: new Secret(tokenText(name)), max: 'green', metrics: false, ...fields };
}

export function bearer(name: string): { readonly authorization: string } {
  return { authorization: `Bearer ${tokenText(name)}` };
}

function asDomain(text: string): Query[] {
  const value = text.replaceAll('[.]', '.').toLowerCase();
  return /^[a-z0-9.-]+$/.test(value) ? [{ kind: 'domain', value }] : [];
}

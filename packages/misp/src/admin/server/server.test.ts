import { Secret } from '@misp-pipeline/core';
import {
  type FakeAdministrationOptions,
  hasOpenssl,
  type Loopback,
  RecordingLogger,
  selfSignedCertificate,
  startFakeAdministration,
  startLoopback,
} from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { MispClient } from '../../rest/misp-client.ts';
import { readCertificate } from './certificate.ts';
import { readServerFacts } from './server-facts.ts';
import { readUser } from './user.ts';

const signal = new AbortController().signal;
const servers: Loopback[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(options: FakeAdministrationOptions = {}): Promise<MispClient> {
  const server = await startFakeAdministration(options);
  servers.push(server);
  const request = { verifyTls: true, timeout: 5, retries: 2, retryDelay: 0.01, maxBytes: 1_000_000 };
  return new MispClient({
    ...{ url: server.url, key: new Secret('key'), ...request },
    logger: new RecordingLogger().logger,
  });
}

describe('readServerFacts', () => {
  it('reads version, end of the key and clock from one answer', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const client = await serve({ headers: { date, 'x-auth-key-expiration': '2026-12-24T00:00:00+00:00' } });
    const { version, keyExpires, clockSkew = 0 } = await readServerFacts(client, signal);
    expect([version, keyExpires]).toEqual(['2.5.1', Date.parse('2026-12-24T00:00:00Z') / 1000]);
    expect(Math.abs(clockSkew - 3600)).toBeLessThan(60);
  });

  it('knows no end of a key when the server tells none', async () => {
    expect((await readServerFacts(await serve(), signal)).keyExpires).toBeUndefined();
  });

  it('refuses an answer without a version', async () => {
    const client = await serve({ instead: () => ({ status: 200, body: { hello: 'world' } }) });
    await expect(readServerFacts(client, signal)).rejects.toMatchObject({ kind: 'unexpected' });
  });
});

describe('readUser', () => {
  it('reads rights, rate limit, and whether a setting filters every search', async () => {
    const client = await serve({
      siteAdmin: false,
      user: { expiration: '2027-01-01 00:00:00' },
      role: { perm_warninglist: '1', enforce_rate_limit: 1, rate_limit_count: '30' },
      settings: [{ setting: 'default_restsearch_parameters', value: { tags: 'x' } }],
    });
    expect(await readUser(client, signal)).toEqual({
      ...{ email: 'pipeline@example.org', organisation: 'Example CERT', role: 'User' },
      ...{
        siteAdmin: false,
        warninglists: true,
        rateLimit: 30,
        expires: Date.parse('2027-01-01T00:00:00Z') / 1000,
        searchDefaults: true,
      },
    });
  });

  it('refuses an answer that names no user', async () => {
    await expect(readUser(await serve({ instead: () => ({ status: 200, body: [] }) }), signal)).rejects.toMatchObject({
      kind: 'unexpected',
    });
  });
});

describe.skipIf(!hasOpenssl())('readCertificate (needs openssl)', () => {
  it('tells the end of a certificate, and whether it is trusted', async () => {
    const tls = selfSignedCertificate();
    const server = await startLoopback((_, response) => response.end(), tls);
    servers.push(server);
    const look = (ca?: string) => readCertificate(new URL(server.url), { ca, timeout: 5, signal });
    const days = ((await look(tls.cert)).validTo - Date.now() / 1000) / 86_400;
    expect(days).toBeGreaterThan(1);
    expect(days).toBeLessThan(2.1);
    expect((await look(tls.cert)).distrust).toBeUndefined();
    expect((await look()).distrust).toContain('SELF_SIGNED');
  });
});

describe('readCertificate', () => {
  it('fails where nobody speaks TLS', async () => {
    const server = await startLoopback((_, response) => response.end());
    servers.push(server);
    const url = new URL(server.url.replace('http:', 'https:'));
    await expect(readCertificate(url, { ca: undefined, timeout: 5, signal })).rejects.toThrow();
  });
});

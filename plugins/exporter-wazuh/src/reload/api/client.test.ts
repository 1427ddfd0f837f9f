import { Secret } from '@misp-pipeline/core';
import {
  type FakeWazuhOptions,
  hasOpenssl,
  selfSignedCertificate,
  startFakeWazuh,
  startLoopback,
} from '@misp-pipeline/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aTime } from '../../../testing/told-manager.ts';
import { type ClientOptions, WazuhApi } from './client.ts';

const { signal } = new AbortController();
const PASSWORD = new Secret('secret');

async function start(options: FakeWazuhOptions = {}) {
  const fake = await startFakeWazuh(options);
  onTestFinished(() => fake.close());
  return fake;
}

function client(url: string, options: Partial<ClientOptions> = {}, time = aTime()): WazuhApi {
  const all = { url, user: 'wazuh', password: PASSWORD, ca: undefined, verifyTls: true, timeout: 30, ...options };
  return new WazuhApi(all, signal, time);
}

describe('WazuhApi', () => {
  it('logs in once, with a password that ends in a line break as in a file', async () => {
    const fake = await start();
    const api = client(`${fake.url}/`, { password: new Secret('secret\n') });
    await api.login();
    for (let i = 0; i < 3; i++) expect((await api.ask('GET', '/')).failed).toEqual([]);
    expect(fake.gate.logins).toBe(1);
  });

  it('renews the token before it ends', async () => {
    const time = aTime();
    const fake = await start({ now: time.now });
    const api = client(fake.url, {}, time);
    await api.login();
    time.slept += 839;
    await api.ask('GET', '/');
    expect(fake.gate.logins).toBe(1);
    time.slept += 2;
    await api.ask('GET', '/');
    expect(fake.gate.logins).toBe(2);
    expect(fake.requests.some(({ status }) => status === 401)).toBe(false);
  });

  it('renews a token that the API does not take any more, and asks again', async () => {
    const fake = await start();
    const api = client(fake.url);
    await api.login();
    fake.gate.revoke();
    const body = { type: 'application/octet-stream', bytes: Buffer.from('evil.example:high\n') } as const;
    expect((await api.ask('PUT', '/lists/files/a', body)).failed).toEqual([]);
    expect(fake.requests.map(({ status }) => status)).toEqual([200, 401, 200, 200]);
    expect(fake.manager.ruleset.files.get('lists/a')).toBe('evil.example:high\n');
  });

  it('asks no third time when the new token is not taken either', async () => {
    const fake = await start({ tokenSeconds: 0 });
    const { failed } = await client(fake.url).ask('GET', '/');
    expect(failed).toEqual([{ code: 401, message: 'Invalid token' }]);
    expect(fake.requests.map(({ status }) => status)).toEqual([200, 401]);
  });

  it('keeps to 300 requests a minute', async () => {
    const time = aTime();
    const fake = await start({ now: time.now });
    const api = client(fake.url, {}, time);
    for (let asked = 0; asked < 299; asked++) await api.ask('GET', '/');
    expect(time.slept).toBe(0);
    await api.ask('GET', '/');
    expect(time.slept).toBe(60);
    expect(fake.requests.every(({ status }) => status === 200)).toBe(true);
  });

  it('waits a minute when others have used the requests up', async () => {
    const time = aTime();
    const fake = await start({ now: time.now, requestsPerMinute: 2 });
    const api = client(fake.url, {}, time);
    await api.ask('GET', '/');
    expect((await api.ask('GET', '/')).failed).toEqual([]);
    expect(time.slept).toBe(60);
  });

  it('gives up when it is always too much', async () => {
    const fake = await start({ requestsPerMinute: 0, now: () => 0 });
    await expect(client(fake.url).login()).rejects.toThrow('Maximum number of requests per minute reached (6001)');
    expect(fake.requests).toHaveLength(4);
  });

  it('reads a file of the manager up to a number of bytes, and knows when there is none', async () => {
    const fake = await start();
    fake.manager.ruleset.files.set('lists/a', 'evil.example:high\n');
    const api = client(fake.url);
    expect((await api.read('lists', 'a', 100))?.toString()).toBe('evil.example:high\n');
    expect((await api.read('lists', 'a', 4))?.toString()).toBe('evil');
    expect(await api.read('lists', 'b', 100)).toBeUndefined();
  });

  it('says so when a file may not be read', async () => {
    const error = { code: 4000, message: 'Permission denied: Resource type: list:file' };
    const fake = await start({
      instead: () => ({ status: 200, body: { data: { failed_items: [{ error, id: ['a'] }] }, error: 1 } }),
    });
    await expect(client(fake.url).read('lists', 'a', 100)).rejects.toThrow(
      '`lists/a` cannot be read: Permission denied: Resource type: list:file (4000)',
    );
  });

  it('follows no redirect, and takes a page for no answer', async () => {
    const other = await start();
    const fake = await startLoopback(({ path }, response) => {
      const isLogin = path.startsWith('/security');
      response.writeHead(isLogin ? 200 : 302, { location: other.url });
      response.end(isLogin ? 'eyJ.a.b' : '<html>');
    });
    onTestFinished(() => fake.close());
    expect((await client(fake.url).ask('GET', '/')).failed).toEqual([
      { code: 302, message: 'status 302 without JSON' },
    ]);
    expect(other.requests).toEqual([]);
  });

  it('says that nobody answered in time', async () => {
    const silent = await startLoopback(() => {});
    onTestFinished(() => silent.close());
    await expect(client(silent.url, { timeout: 0.05 }).login()).rejects.toThrow('no answer within 0.05 seconds');
  });

  it('gives the reason of the interruption when it is interrupted', async () => {
    const silent = await startLoopback(() => interrupt.abort(new Error('enough')));
    onTestFinished(() => silent.close());
    const interrupt = new AbortController();
    const options = { url: silent.url, user: 'wazuh', password: PASSWORD, ca: undefined, verifyTls: true, timeout: 30 };
    await expect(new WazuhApi(options, interrupt.signal, aTime()).login()).rejects.toThrow('enough');
  });
});

describe.skipIf(!hasOpenssl())('WazuhApi over TLS (needs openssl)', () => {
  it('trusts the certificate that it is told to, and no other', async () => {
    const tls = selfSignedCertificate();
    const fake = await start({ tls });
    await expect(client(fake.url).login()).rejects.toThrow(/self-signed certificate/);
    await client(fake.url, { ca: tls.cert }).login();
    await client(fake.url, { verifyTls: false }).login();
    expect(fake.gate.logins).toBe(2);
  });
});

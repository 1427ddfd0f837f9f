import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { Secret } from '@misp-pipeline/core';
import {
  type FakeMispOptions,
  type Loopback,
  RecordingLogger,
  startFakeMisp,
  startLoopback,
  startReplayServer,
} from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpError } from './http-error.ts';
import { MispClient } from './misp-client.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');
const CANARY = 'CanaryKeyThatNobodyMaySee0123456789abcdef';
const signal = new AbortController().signal;
const servers: Loopback[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function clientOf(server: Loopback, path = ''): MispClient {
  servers.push(server);
  return new MispClient({
    url: `${server.url}${path}`,
    key: new Secret(CANARY),
    verifyTls: true,
    timeout: 5,
    retries: 2,
    retryDelay: 0.01,
    maxBytes: 1_000_000,
    logger: new RecordingLogger().logger,
  });
}

const fake = async (options: Partial<FakeMispOptions> = {}) => startFakeMisp({ attributes: [], ...options });
const search = (client: MispClient) =>
  client.post('attributes/restSearch', { returnFormat: 'json', limit: 1, page: 1 }, { signal });
const failure = (reading: Promise<unknown>): Promise<unknown> => reading.catch((error: unknown) => error);

describe('MispClient', () => {
  it('sends the headers without which MISP ignores the body or answers a web page', async () => {
    const server = await fake();
    await search(clientOf(server));
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({
      path: '/attributes/restSearch',
      headers: { authorization: CANARY, accept: 'application/json', 'content-type': 'application/json' },
      body: { returnFormat: 'json', limit: 1, page: 1 },
    });
  });

  it('finds a server that lives below a path', async () => {
    const server = await fake();
    expect(await clientOf(server, '/misp').getVersion(signal)).toBe('2.5.1');
    expect(await clientOf(server, '/misp/').getVersion(signal)).toBe('2.5.1');
    expect(server.requests.map(({ path }) => path)).toEqual(['/misp/servers/getVersion', '/misp/servers/getVersion']);
  });

  it('refuses a server that is no MISP', async () => {
    const server = await startLoopback((_request, response) => response.end('{"hello":"world"}'));
    expect(await failure(clientOf(server).getVersion(signal))).toMatchObject({ kind: 'unexpected' });
  });

  it('takes a web page instead of JSON for a failure', async () => {
    let requests = 0;
    const server = await startLoopback((_request, response) => {
      requests++;
      response.end('<html>Welcome</html>');
    });
    expect(await failure(search(clientOf(server)))).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('not JSON'),
    });
    expect(requests).toBe(2);
  });

  it('passes on what the server says of a key, but not the key', async () => {
    const error = await failure(search(clientOf(await fake({ misbehave: () => 'forbidden' }))));
    expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('The key "***" is no good.') });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(CANARY);
  });
});

describe.skipIf(!existsSync(recordings))('MispClient with recorded answers (needs the data folder)', () => {
  const recorded = async (...names: string[]) => clientOf(await startReplayServer(recordings, names));

  it('reads the version', async () => {
    expect(await (await recorded('version-admin')).getVersion(signal)).toBe('2.5.1');
  });

  it.each([
    ['auth-expired-key', 'Authentication failed.'],
    ['auth-role-without-api', 'Authentication failed.'],
    ['auth-ip-not-allowed', 'It is not possible to use this Auth key from your IP address'],
    ['auth-user-disabled', 'Your user account has been disabled.'],
  ])('knows `%s` as a refused key', async (name, message) => {
    const error = await failure(search(await recorded(name)));
    expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining(message) });
  });

  it.each(['err-bad-key-get-version', 'err-short-key', 'err-no-key', 'auth-bearer-prefix', 'auth-lower-case-key'])(
    'knows `%s` as a refused key',
    async (name) => {
      expect(await failure((await recorded(name)).getVersion(signal))).toMatchObject({ kind: 'refused' });
    },
  );

  it('does not follow the server to its login page during maintenance', async () => {
    const error = await failure((await recorded('live-off-user')).getVersion(signal));
    expect(error).toMatchObject({ kind: 'redirected', message: expect.stringContaining('/users/login') });
    expect(await failure(search(await recorded('live-off-user-search')))).toMatchObject({ kind: 'redirected' });
  });

  it('knows the rate limit and how long it lasts', async () => {
    const client = await recorded('rate-limit-0', 'rate-limit-1', 'rate-limit-2', 'rate-limit-3');
    for (let i = 0; i < 3; i++) await search(client);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const waiting = client.post(
      'attributes/restSearch',
      { returnFormat: 'json', limit: 1, page: 1 },
      { signal: controller.signal },
    );
    // The recorded reset of 899 seconds is within the window, so that the client waits until it is told to stop.
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(
      await failure(
        client.post('attributes/restSearch', { returnFormat: 'json', limit: 1, page: 1 }, { signal, retries: 0 }),
      ),
    ).toMatchObject({
      kind: 'busy',
      waitSeconds: 899,
    });
  });

  it.each(['db-down-search'])('asks again after `%s`', async (name) => {
    const error = await failure(search(await recorded(name)));
    expect(error).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('answered 500: An Internal Error Has Occurred.'),
    });
    expect(error).toBeInstanceOf(HttpError);
  });

  it('survives an outage that ends', async () => {
    expect(await (await recorded('db-down-version', 'php-down', 'version-admin')).getVersion(signal)).toBe('2.5.1');
  });
});

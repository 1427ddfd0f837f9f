import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { type RedisOptions, redisOptions } from '@misp-pipeline/core';
import { hasOpenssl, selfSignedCertificate, testServices } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { HAS_REDIS, RedisServer } from '../../testing/redis-server.ts';
import { RedisIndex } from './redis-index.ts';

/** Of somebody who reads. */
const RIGHTS = ['+get', '+hmget', '+select'];

/** What an index that nobody published says, which shows that it was let in. */
const LET_IN = { reason: 'nothing-published' };

describe.skipIf(!HAS_REDIS)('access to Redis (needs redis-server)', () => {
  let server: RedisServer | undefined;
  afterEach(() => server?.remove());

  async function refusal(options: RedisOptions): Promise<unknown> {
    const index = new RedisIndex(options);
    try {
      return await index.snapshot().catch((error) => error);
    } finally {
      await index.close();
    }
  }

  it('is by user and password, which no error tells', async () => {
    const port = await freePort();
    server = await RedisServer.start(
      '--user',
      'reader',
      'on',
      '>open-sesame',
      '~misp-pipeline:*',
      ...RIGHTS,
      '--port',
      port,
    );
    const credentials = { username: 'reader', password: 'open-sesame' };
    expect(await refusal(server.options(credentials))).toMatchObject(LET_IN);
    const url = `redis://reader:open-sesame@127.0.0.1:${port}/3`;
    expect(await refusal(redisOptions.parse({ url }))).toMatchObject(LET_IN);
    const wrong = await refusal(server.options({ ...credentials, password: 'shibboleth' }));
    expect(wrong).toMatchObject({ reason: 'refused', message: expect.stringContaining('WRONGPASS') });
    const wrongUrl = await refusal(redisOptions.parse({ url: url.replace('open-sesame', 'shibboleth') }));
    expect(JSON.stringify([wrong, wrongUrl]) + String(wrong) + String(wrongUrl)).not.toContain('shibboleth');
  });

  it.skipIf(!hasOpenssl())('is over TLS by an authority of its own (needs openssl)', async () => {
    const { stateDir } = testServices();
    const { key, cert } = selfSignedCertificate();
    const [keyFile, ca] = [join(stateDir, 'key.pem'), join(stateDir, 'cert.pem')];
    writeFileSync(keyFile, key);
    writeFileSync(ca, cert);
    const port = await freePort();
    const files = [
      '--tls-key-file',
      keyFile,
      '--tls-cert-file',
      ca,
      '--tls-ca-cert-file',
      ca,
      '--tls-auth-clients',
      'no',
    ];
    server = await RedisServer.start('--tls-port', port, ...files);
    const url = `rediss://127.0.0.1:${port}`;
    expect(await refusal(redisOptions.parse({ url, ca }))).toMatchObject(LET_IN);
    expect(await refusal(redisOptions.parse({ url }))).toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('self-signed certificate'),
    });
  });
});

describe('options of Redis', () => {
  it.each(['redis://', 'http://127.0.0.1', 'redis://h/abc', 'unix://host/path', 'unix:', 'redis://%zz:p@h', 'no url'])(
    'refuse the address `%s` without quoting it',
    (url) => {
      const { error } = redisOptions.safeParse({ url });
      expect(error?.issues).toHaveLength(1);
      expect(error?.issues[0]?.message).toMatch(/^write `redis:/);
    },
  );

  it('refuse authorities for a connection that is not encrypted', () => {
    const { error } = redisOptions.safeParse({ url: 'redis://127.0.0.1', ca: 'ca.pem' });
    expect(error?.issues).toMatchObject([{ path: ['ca'], message: 'needs a `rediss:` URL' }]);
  });

  it('name a file of authorities that has to be there', () => {
    const options = redisOptions.parse({ url: 'rediss://127.0.0.1', ca: '/nowhere/ca.pem' });
    expect(() => new RedisIndex(options)).toThrow('/nowhere/ca.pem');
  });
});

async function freePort(): Promise<string> {
  const listening = createServer().listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  listening.close();
  await once(listening, 'close');
  return String(port);
}

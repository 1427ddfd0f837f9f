import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSnapshot } from '../../testing/a-snapshot.ts';
import { expectWhole } from '../../testing/expect-whole.ts';
import { generated } from '../../testing/generated.ts';
import { HAS_REDIS, RedisServer } from '../../testing/redis-server.ts';
import type { Query } from '../known.ts';
import { publishToRedis } from './publish-to-redis.ts';
import { RedisIndex } from './redis-index.ts';

const SIZE = 1000;
const HOSTS = [0, 7, 999];
const SNAPSHOT = aSnapshot({ id: 'v1', indicators: SIZE });
const ASKED: Query[][] = [[{ kind: 'domain', value: 'host7.example' }]];

describe.skipIf(!HAS_REDIS)('an index in a Redis that is in trouble (needs redis-server)', () => {
  let server: RedisServer;
  let index: RedisIndex;
  const { signal } = new AbortController();
  beforeEach(async () => {
    server = await RedisServer.start('--appendonly', 'yes');
    const options = server.options({ timeout: 0.2 });
    await publishToRedis(generated(SNAPSHOT), SNAPSHOT, options, signal);
    index = new RedisIndex(options);
  });
  afterEach(async () => {
    await index.close();
    await server.remove();
  });

  const recovers = () => expect.poll(() => expectWhole(index, HOSTS), { timeout: 60_000 }).toBe('v1');

  it('fails with one kind of error while it is killed and restarted under reads, and then answers again', async () => {
    await expectWhole(index, HOSTS);
    let isDone = false;
    const failures: unknown[] = [];
    const reader = (async () => {
      while (!isDone) {
        await index.find(ASKED).catch((error) => failures.push(error.name));
        await new Promise(setImmediate);
      }
    })();
    for (let restart = 0; restart < 3; restart++) {
      await server.kill();
      await expect(index.find(ASKED)).rejects.toMatchObject({ name: 'IndexUnavailable', reason: 'unreachable' });
      await server.start();
      await recovers();
    }
    isDone = true;
    await reader;
    expect(new Set(failures)).toEqual(new Set(['IndexUnavailable']));
  });

  it('does not wait for a server that is stuck longer than the timeout, and a second time not at all', async () => {
    await expectWhole(index, HOSTS);
    server.signal('SIGSTOP');
    await expect(index.find(ASKED)).rejects.toMatchObject({
      reason: 'timeout',
      message: 'Redis: no answer within 0.2 s',
    });
    await expect(index.find(ASKED)).rejects.toMatchObject({ name: 'IndexUnavailable' });
    server.signal('SIGCONT');
    await recovers();
  });

  it('waits for a stuck server not longer than the connection may take, when it is asked first', async () => {
    const first = new RedisIndex(server.options({ connectTimeout: 0.2 }));
    server.signal('SIGSTOP');
    await expect(first.snapshot()).rejects.toMatchObject({ reason: 'timeout' });
    server.signal('SIGCONT');
    await first.close();
  });

  it('says that nothing is published, after a restart that lost it as well', async () => {
    await expect(new RedisIndex(server.options({ prefix: 'other' })).find(ASKED)).rejects.toMatchObject({
      reason: 'nothing-published',
      message: 'Redis: no index is published under the prefix `other`',
    });
    await expectWhole(index, HOSTS);
    await server.admin(['FLUSHALL']);
    await expect(index.find(ASKED)).rejects.toMatchObject({ reason: 'nothing-published' });
  });

  it('never takes a part that Redis has evicted for a value that is not known', async () => {
    await expectWhole(index, HOSTS);
    const buckets = (await server.keys()).filter((key) => !key.endsWith(':current'));
    await server.admin(['UNLINK', ...buckets]);
    await expect(index.find(ASKED)).rejects.toMatchObject({ reason: 'damaged' });
  });

  it('refuses what another version or somebody else has written', async () => {
    await server.admin(['SET', 'misp-pipeline:current', '{"format":2}', 'KEEPTTL']);
    await expect(index.find(ASKED)).rejects.toThrow(
      'Redis: the index is format `2`, but this version reads format `1`',
    );
    await server.admin(['SET', 'misp-pipeline:current', 'hello']);
    await expect(index.snapshot()).rejects.toMatchObject({ reason: 'damaged' });
  });

  it('is not asked after it was closed', async () => {
    await index.close();
    await index.close();
    await expect(index.find(ASKED)).rejects.toThrow('the connection to Redis is closed');
  });
});

import type { RedisOptions } from '@misp-pipeline/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aSnapshot } from '../../testing/a-snapshot.ts';
import { expectWhole } from '../../testing/expect-whole.ts';
import { generated } from '../../testing/generated.ts';
import { HAS_REDIS, RedisServer } from '../../testing/redis-server.ts';
import type { KnownIndicator } from '../known.ts';
import { publishToRedis } from './publish-to-redis.ts';
import { RedisIndex } from './redis-index.ts';

const SIZE = 3000;
const { signal } = new AbortController();

describe.skipIf(!HAS_REDIS)('publishing to Redis (needs redis-server)', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    await server.admin(['FLUSHALL'], ['CONFIG', 'SET', 'maxmemory', '0']);
  });

  const publish = (id: string, options: RedisOptions, records?: Iterable<KnownIndicator>) => {
    const snapshot = aSnapshot({ id, indicators: SIZE });
    return publishToRedis(records ?? generated(snapshot), snapshot, options, signal);
  };

  async function inForce(options: RedisOptions): Promise<string> {
    const index = new RedisIndex(options);
    try {
      return await expectWhole(index, [0, 1, SIZE / 2, SIZE - 1]);
    } finally {
      await index.close();
    }
  }

  it('switches under readers that see one snapshot at a time and no failure, also when nothing old is kept', async () => {
    const options = server.options({ grace: '0s' });
    await publish('v0', options);
    let isPublishing = true;
    const seen = new Set<string>();
    const read = async (first: number) => {
      const index = new RedisIndex(options);
      const hosts = Array.from({ length: 50 }, (_, i) => (first + i * 59) % SIZE);
      while (isPublishing) seen.add(await expectWhole(index, hosts));
      await index.close();
    };
    const readers = [1, 2, 3, 4].map(read);
    for (let version = 1; version <= 20; version++) await publish(`v${version}`, options);
    isPublishing = false;
    await Promise.all(readers);
    expect(seen.size).toBeGreaterThan(10);
    expect(await inForce(options)).toBe('v20');
  });

  it('puts the last of two publishers in force, whole', async () => {
    const options = server.options();
    for (let round = 0; round < 10; round++) {
      const [a, b] = [`a${round}`, `b${round}`];
      const [beforeA, beforeB] = await Promise.all([publish(a, options), publish(b, options)]);
      const last = beforeA?.id === b ? a : b;
      expect(last === a ? beforeA?.id : beforeB?.id).toBe(last === a ? b : a);
      expect(await inForce(options)).toBe(last);
    }
  });

  it('keeps pipelines with different prefixes apart', async () => {
    const [one, other] = [server.options({ prefix: 'one' }), server.options({ prefix: 'other' })];
    await publish('a', one);
    await publish('b', other);
    expect([await inForce(one), await inForce(other)]).toEqual(['a', 'b']);
  });

  it('gives every key an end, and replaced ones an earlier one', async () => {
    const options = server.options({ ttl: '1h', grace: '1m' });
    await publish('old', options);
    const old = (await server.keys()).filter((key) => !key.endsWith(':current'));
    await publish('new', options);
    const keys = await server.keys();
    const ends = await server.admin<number>(...keys.map((key) => ['PTTL', key]));
    const [replaced, rest] = [true, false].map((isOld) => ends.filter((_, i) => old.includes(keys[i] ?? '') === isOld));
    expect(replaced).toHaveLength(old.length);
    for (const end of replaced ?? []) expect(end).toSatisfy((ms: number) => ms > 0 && ms <= 61_000);
    for (const end of rest ?? []) expect(end).toSatisfy((ms: number) => ms > 61_000 && ms <= 3_661_000);
  });

  it('has Redis remove what was replaced', async () => {
    const options = server.options({ grace: '0s' });
    await publish('old', options);
    const before = await server.keys();
    await publish('new', options);
    await expect.poll(async () => (await server.keys()).length, { timeout: 60_000 }).toBe(before.length);
    expect((await server.keys()).filter((key) => before.includes(key))).toEqual(['misp-pipeline:current']);
  });

  it('leaves the snapshot in force and nothing else when the records end with an error or are aborted', async () => {
    const options = server.options();
    await publish('old', options);
    const before = await server.keys();
    const aborting = new AbortController();
    const snapshot = aSnapshot({ id: 'new', indicators: SIZE });
    const until = function* (stop: () => void) {
      for (const [i, record] of [...generated(snapshot)].entries()) {
        if (i === 2500) stop();
        yield record;
      }
    };
    const fail = () => {
      throw new Error('the disk is gone');
    };
    await expect(publish('new', options, until(fail))).rejects.toThrow('the disk is gone');
    const aborted = publishToRedis(
      until(() => aborting.abort()),
      snapshot,
      options,
      aborting.signal,
    );
    await expect(aborted).rejects.toThrow('aborted');
    await expect(publish('new', options, generated({ id: 'new', indicators: 7 }))).rejects.toThrow(
      'the snapshot `new` has 3000 indicators, but 7 came',
    );
    expect(await server.keys()).toEqual(before);
    expect(await inForce(options)).toBe('old');
  });

  it('refuses to switch to a generation of which something was lost', async () => {
    const options = server.options();
    await publish('old', options);
    const before = await server.keys();
    async function* losing() {
      yield* generated({ id: 'new', indicators: SIZE });
      const loading = (await server.keys()).filter((key) => !before.includes(key));
      await server.admin(['UNLINK', loading[0] ?? '']);
    }
    const lost = publishToRedis(losing(), aSnapshot({ id: 'new', indicators: SIZE }), options, signal);
    await expect(lost).rejects.toMatchObject({
      name: 'IndexUnavailable',
      message: expect.stringContaining('INCOMPLETE'),
    });
    expect(await inForce(options)).toBe('old');
  });

  it.each(['hello', '5', '{"format":2}'])(
    'replaces what another version or somebody else has written: %s',
    async (text) => {
      const options = server.options();
      await server.admin(['SET', 'misp-pipeline:current', text]);
      expect(await publish('new', options)).toBeUndefined();
      expect(await inForce(options)).toBe('new');
    },
  );

  it('says when the memory of Redis is used up, and the snapshot in force answers on', async () => {
    const options = server.options();
    await publish('old', options);
    await server.admin(['CONFIG', 'SET', 'maxmemory', '1']);
    await expect(publish('new', options)).rejects.toMatchObject({
      reason: 'refused',
      message: expect.stringContaining('OOM'),
    });
    expect(await inForce(options)).toBe('old');
  });
});

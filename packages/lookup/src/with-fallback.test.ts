import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSnapshot } from '../testing/a-snapshot.ts';
import { generated } from '../testing/generated.ts';
import { aKnownIndicator } from '../testing/known.ts';
import { HAS_REDIS, RedisServer } from '../testing/redis-server.ts';
import { sqliteIndexOf } from '../testing/sqlite-index-of.ts';
import type { Query } from './known.ts';
import type { ReadableIndex } from './reading.ts';
import { publishToRedis } from './redis/publish-to-redis.ts';
import { RedisIndex } from './redis/redis-index.ts';
import { SqliteIndex } from './sqlite/sqlite-index.ts';
import { withFallback } from './with-fallback.ts';

const ASKED: Query[][] = [[{ kind: 'domain', value: 'host0.example' }]];
const { signal } = new AbortController();

describe.skipIf(!HAS_REDIS)('an index in Redis with the embedded one behind it (needs redis-server)', () => {
  let server: RedisServer;
  let dir: string;
  let index: ReadableIndex;
  beforeEach(async () => {
    server = await RedisServer.start('--appendonly', 'yes');
    dir = mkdtempSync(join(tmpdir(), 'fallback-'));
    const snapshot = aSnapshot({ id: 'shared', indicators: 1 });
    await publishToRedis(generated(snapshot), snapshot, server.options(), signal);
    await (await sqliteIndexOf(join(dir, 'index'), [aKnownIndicator({ value: 'host0.example' })])).close();
    index = withFallback(new RedisIndex(server.options()), new SqliteIndex(join(dir, 'index')));
  });
  afterEach(async () => {
    await index.close();
    await server.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  it('answers from Redis while it is there', async () => {
    expect(await index.read(ASKED)).toMatchObject({ snapshot: { id: 'shared' }, degraded: false, why: undefined });
    expect(await index.snapshot()).toMatchObject({ id: 'shared' });
  });

  it('answers from the embedded one, and says so, until Redis is back', async () => {
    await server.kill();
    const { matches, snapshot, degraded, why } = await index.read(ASKED);
    expect({ degraded, why }).toEqual({
      degraded: true,
      why: expect.stringMatching(/^the index on this machine answered, since Redis: /),
    });
    expect(snapshot.id).not.toBe('shared');
    expect(await index.snapshot()).toEqual(snapshot);
    expect(await index.find(ASKED)).toEqual(matches);
    expect(matches[0]).toHaveLength(1);
    await server.start();
    await expect.poll(async () => (await index.read(ASKED)).snapshot.id, { timeout: 60_000 }).toBe('shared');
  });

  it('says what is wrong with Redis when there is no embedded one either', async () => {
    await server.kill();
    rmSync(join(dir, 'index'), { recursive: true });
    await expect(index.read(ASKED)).rejects.toMatchObject({ name: 'IndexUnavailable', reason: 'unreachable' });
  });

  it('does not hide other errors', async () => {
    const broken = { ...index, read: () => Promise.reject(new TypeError('a fault')) };
    await expect(withFallback(broken, index).read(ASKED)).rejects.toThrow('a fault');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { aSnapshot } from '../../testing/a-snapshot.ts';
import { lookupIndexContract } from '../../testing/lookup-index-contract.ts';
import { HAS_REDIS, RedisServer } from '../../testing/redis-server.ts';
import { sqliteIndexOf } from '../../testing/sqlite-index-of.ts';
import { publishToRedis } from './publish-to-redis.ts';
import { RedisIndex } from './redis-index.ts';

const { signal } = new AbortController();

describe.skipIf(!HAS_REDIS)('in Redis (needs redis-server)', () => {
  let server: RedisServer;
  let made = 0;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.remove());

  lookupIndexContract(async (indicators) => {
    const options = server.options({ prefix: `contract-${made++}` });
    await publishToRedis(indicators, aSnapshot({ indicators: indicators.length }), options, signal);
    return new RedisIndex(options);
  });
});

describe('in SQLite', () => {
  const dir = mkdtempSync(join(tmpdir(), 'lookup-contract-'));
  let made = 0;
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  lookupIndexContract((indicators) => sqliteIndexOf(join(dir, String(made++)), indicators));
});

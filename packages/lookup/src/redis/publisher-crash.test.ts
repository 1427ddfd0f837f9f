import { Random } from '@misp-pipeline/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectWhole } from '../../testing/expect-whole.ts';
import { publishApart } from '../../testing/publish-apart.ts';
import { HAS_REDIS, RedisServer } from '../../testing/redis-server.ts';
import { RedisIndex } from './redis-index.ts';

const SIZE = 5000;
const KILLS = 25;

/** Seconds: the lease of what is being loaded, and what its buckets are apart at most. */
const LONGEST_LEFT = 610;

describe.skipIf(!HAS_REDIS)('a publisher in a process of its own (needs redis-server)', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.remove());

  it(`leaves a whole snapshot in force when it is killed, ${KILLS} times, and what it leaves behind ends by itself`, async () => {
    const options = { url: server.url, prefix: 'killed' };
    const index = new RedisIndex(server.options({ prefix: 'killed' }));
    await publishApart({ options, id: 'first', indicators: SIZE });
    const random = new Random(25);
    let last = 'first';
    for (let round = 0, kills = 0; kills < KILLS; round++) {
      const id = `v${round}`;
      const isDone = await publishApart({ options, id, indicators: SIZE, killAfter: random.below(200) });
      const now = await expectWhole(
        index,
        Array.from({ length: 300 }, () => random.below(SIZE)),
      );
      // Killed between the switch and its end, it may have put the new one in force.
      expect(isDone ? [id] : [id, last]).toContain(now);
      last = now;
      kills += Number(!isDone);
    }
    await index.close();
    const [current = ''] = await server.admin<string>(['GET', 'killed:current']);
    const left = (await server.keys()).filter(
      (key) => key !== 'killed:current' && !key.includes(JSON.parse(current).id),
    );
    const ends = await server.admin<number>(...left.map((key) => ['TTL', key]));
    expect(left.length).toBeGreaterThan(0);
    expect(ends.filter((end) => end <= 0 || end > LONGEST_LEFT)).toEqual([]);
  });

  it('loads 200,000 indicators with a heap of 96 MB', async () => {
    const options = { url: server.url, prefix: 'many' };
    expect(await publishApart({ options, id: 'many', indicators: 200_000 })).toBe(true);
    const index = new RedisIndex(server.options({ prefix: 'many' }));
    await expectWhole(index, [0, 99_999, 199_999]);
    await index.close();
  });
});

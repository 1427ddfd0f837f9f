/**
 * Measures an index in Redis: how long it takes to load, what it holds in memory, and how many look-ups a second it answers,
 * beside a server that is asked for one constant. Starts a redis-server of its own on a socket.
 *
 *   node --conditions=source test/bench/redis.ts             1,000,000 indicators
 *   node --conditions=source test/bench/redis.ts 5000000     another number
 */
import { readFileSync } from 'node:fs';
import { publishToRedis } from '../../packages/lookup/src/redis/publish-to-redis.ts';
import { RedisConnection } from '../../packages/lookup/src/redis/redis-connection.ts';
import { RedisIndex } from '../../packages/lookup/src/redis/redis-index.ts';
import { aSnapshot } from '../../packages/lookup/testing/a-snapshot.ts';
import { RedisServer } from '../../packages/lookup/testing/redis-server.ts';
import { askedAt, indicators } from './redis-indicators.ts';
import { askFor, type Rate } from './redis-rate.ts';
import { seconds, table, times, whole } from './table.ts';

const BATCH = 1000;

const count = Number(process.argv[2] ?? 1_000_000);
const server = await RedisServer.start('--slowlog-log-slower-than', '200', '--slowlog-max-len', '100000');
const options = server.options({ timeout: 60 });
const index = new RedisIndex(options);
const floor = new RedisConnection(options);
try {
  console.log(await loadLine('first load'));
  console.log(await loadLine('again, replacing it'));
  const { matches } = await index.read(Array.from({ length: BATCH }, (_, i) => askedAt(i, count)));
  const known = matches.filter((all) => all.length > 0).length;
  console.log(`of ${whole(BATCH)} questions ${whole(known)} find something\n`);
  const constant = (size: number) => floor.ask(Array.from({ length: size }, () => ['GET', 'constant']));
  const lookup = (size: number, at: number) =>
    index.read(Array.from({ length: size }, (_, i) => askedAt(at + i, count)));
  const rows = [['look-ups', 'a second', 'p50 ms', 'p99 ms', 'constant a second', 'ratio']];
  const row = async (name: string, size: number, callers: number) => {
    const base = await askFor(size, callers, constant);
    rows.push(cells(name, await askFor(size, callers, lookup), base));
  };
  await row('one at a time', 1, 1);
  await row('one each, 64 callers', 1, 64);
  await row(`batches of ${whole(BATCH)}`, BATCH, 1);
  console.log(table(rows));
} finally {
  await index.close();
  await floor.close();
  await server.remove();
}

async function loadLine(name: string): Promise<string> {
  const snapshot = aSnapshot({ id: name, indicators: count });
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await publishToRedis(indicators(count), snapshot, options, new AbortController().signal);
  const took = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const [info = ''] = await server.admin<string>(['INFO', 'memory']);
  const [slow] = await server.admin<[number, number, number, string[]][]>(['SLOWLOG', 'GET', '-1']);
  const switched = Math.max(
    0,
    ...(slow ?? []).filter(([, , , [verb]]) => verb === 'EVAL').map(([, , micros]) => micros),
  );
  await server.admin(['SLOWLOG', 'RESET']);
  const used = Number(/used_memory:(\d+)/.exec(info)?.[1]) / 1e6;
  return (
    `${name}: ${whole(count)} indicators in ${seconds(took)} s (${seconds((user + system) / 1e6)} s cpu), ` +
    `publisher at most ${whole(highWaterMark())} MB, Redis ${whole(used)} MB; the switch took ${(switched / 1000).toFixed(1)} ms`
  );
}

function cells(name: string, { rate, p50, p99 }: Rate, constant: Rate): string[] {
  return [name, whole(rate), p50.toFixed(2), p99.toFixed(2), whole(constant.rate), times(constant.rate / rate)];
}

/** Most memory that this process ever held, in MB. */
function highWaterMark(): number {
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
}

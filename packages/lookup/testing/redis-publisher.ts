import { redisOptions } from '@misp-pipeline/core';
import { publishToRedis } from '../src/redis/publish-to-redis.ts';
import { aSnapshot } from './a-snapshot.ts';
import { generated } from './generated.ts';

// Runs in a process of its own: publishes generated indicators, and is killed after `killAfter` milliseconds.
const { options, id, indicators, killAfter } = JSON.parse(process.argv[2] ?? '');
const snapshot = aSnapshot({ id, indicators });
if (killAfter !== undefined) setTimeout(() => process.kill(process.pid, 'SIGKILL'), killAfter);
await publishToRedis(generated(snapshot), snapshot, redisOptions.parse(options), new AbortController().signal);

export { type RedisOptions, redisOptions } from '@misp-pipeline/core';

// Answers from the index in the folder that is its argument, prints its address, and writes its audit log to stderr.
import type { Logger } from '@misp-pipeline/core';
import { SqliteIndex } from '@misp-pipeline/lookup';
import { candidatesOf } from '@misp-pipeline/misp';
import { startServer } from '@misp-pipeline/serve';

const write = (...line: readonly unknown[]) => process.stderr.write(`${JSON.stringify(line)}\n`);
const logger: Logger = { trace() {}, debug() {}, info: write, warn: write, error: write, child: () => logger };

const server = await startServer({
  options: {
    ...{ listen: '127.0.0.1:0', tokens: {}, max: 'amber', unmarked: 'amber', auditValues: false },
    rate: Number.MAX_SAFE_INTEGER,
    limits: {
      ...{ body: 2 ** 20, answer: 2 ** 25, values: 1000, length: 4096, lines: 1_000_000, details: 100 },
      ...{ connections: 256, timeout: 30 },
    },
  },
  address: { host: '127.0.0.1', port: 0, isPublic: false },
  insecureHttp: false,
  index: new SqliteIndex(process.argv[2] ?? ''),
  readingsOf: candidatesOf,
  clock: { now: () => new Date() },
  logger,
  faultAt: (path, message) => `${path}: ${message}`,
});
console.log(server.url);

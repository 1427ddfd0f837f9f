import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@misp-pipeline/testing';
import { readFile } from '../src/stream/read-file.ts';
import { dnsAlert } from '../testing/eve.ts';
import { startFakeSightings } from '../testing/fake-sightings.ts';
import { aKnownIndicator } from '../testing/memory-index.ts';
import { aCollector, aPoster, openOutbox } from '../testing/pipeline.ts';

/**
 * Reads alerts of a seeded sensor and posts what they saw: `node --conditions=source bench/million-alerts.ts [ALERTS] [SEED]`.
 * Two hundred names are seen, some much more often than others, over five hours. Prints what was read, how fast, with how much
 * memory, and with how many requests.
 */
const [, , alerts = '1000000', seed = '1'] = process.argv;
const NAMES = 200;
const HOURS = 5;
const CHUNK = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'million-'));
const log = join(folder, 'eve.json');
const random = new Random(Number(seed));
for (let written = 0; written < Number(alerts); written += CHUNK) {
  const lines = Array.from({ length: CHUNK }, () => {
    const name = Math.floor(NAMES * random.next() ** 3);
    const time = new Date(Date.UTC(2026, 10, 23, random.below(HOURS), random.below(60))).toISOString();
    return `${dnsAlert(1_000_000_001, `n${name}.example`, time)}\n`;
  });
  appendFileSync(log, lines.join(''));
}

const known = Array.from({ length: NAMES }, (_, i) =>
  aKnownIndicator({ kind: 'domain', value: `n${i}.example` }, { source: 'cert', attribute: `uuid-${i}` }),
);
const server = await startFakeSightings();
const outbox = openOutbox(folder);
const collector = aCollector(outbox, known);
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 20);
const begin = performance.now();
await collector.collect(readFile(log, { signal: new AbortController().signal }));
const read = performance.now();
const { posted } = await aPoster(outbox, server.url).round();
const end = performance.now();
clearInterval(watch);
outbox.close();
await server.close();
rmSync(folder, { recursive: true });

const { lines, mapped, sightings } = collector.counts;
const seconds = { reading: Math.round(read - begin) / 1000, posting: Math.round(end - read) / 1000 };
console.log({ lines, mapped, sightings, posted, requests: server.requests.length, ...seconds, peakMiB: peak >> 20 });

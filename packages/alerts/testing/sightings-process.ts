import type { Lines } from '../src/stream/lines.ts';
import { readFile } from '../src/stream/read-file.ts';
import { aKnownIndicator } from './memory-index.ts';
import { aCollector, aPoster, NOON, openOutbox } from './pipeline.ts';

/**
 * A program that reads a log and posts its sightings, to be killed at any moment: `node sightings-process.ts STATE LOG URL
 * NAMES`. It writes a dot to stdout for all lines that it takes at once, and ends by itself when all is done.
 */
const [, , state = '', log = '', url = '', names = '0'] = process.argv;

/** Alerts in what this program takes for a second, so that some of what a kill ends was kept and some was not. */
const ALERTS_A_SECOND = 2000;

const known = Array.from({ length: Number(names) }, (_, i) =>
  aKnownIndicator({ kind: 'domain', value: `n${i}.example` }, { source: 'cert', attribute: `uuid-${i}` }),
);
const { signal } = new AbortController();
const outbox = openOutbox(state);
let asked = 0;
const collector = aCollector(outbox, known, () => NOON + Math.floor(asked++ / ALERTS_A_SECOND));
await collector.collect(told(readFile(log, { signal, from: outbox.positionOf('eve.json') })));
const reporter = { name: 'lab', privacy: 'counts', salt: outbox.salt } as const;
const { fault } = await aPoster(outbox, url, { reporter }).round();
outbox.close();
process.exitCode = fault === undefined ? 0 : 1;

async function* told(stream: AsyncIterable<Lines>): AsyncGenerator<Lines> {
  for await (const lines of stream) {
    process.stdout.write('.');
    yield lines;
  }
}

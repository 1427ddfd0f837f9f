import { readFile } from '../src/stream/read-file.ts';
import { aKnownIndicator } from './memory-index.ts';
import { aCollector, aPoster, openOutbox } from './pipeline.ts';

/**
 * A program that reads a log and posts its sightings, to be killed at any moment: `node sightings-process.ts STATE LOG URL
 * NAMES`. It ends by itself when all is done.
 */
const [, , state = '', log = '', url = '', names = '0'] = process.argv;

const known = Array.from({ length: Number(names) }, (_, i) =>
  aKnownIndicator({ kind: 'domain', value: `n${i}.example` }, { source: 'cert', attribute: `uuid-${i}` }),
);
const { signal } = new AbortController();
const outbox = openOutbox(state);
const collector = aCollector(outbox, known);
await collector.collect(readFile(log, { signal, from: outbox.positionOf('eve.json') }));
const { fault } = await aPoster(outbox, url).round();
outbox.close();
process.exitCode = fault === undefined ? 0 : 1;

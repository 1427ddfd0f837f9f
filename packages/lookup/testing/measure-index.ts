/**
 * Builds an index as a run would, then asks it for values as people write them, and prints what that took. Times are those of
 * the processor, so that they hold on a busy machine, too.
 *
 *   node --conditions=source packages/lookup/testing/measure-index.ts            1,000,000 indicators
 *   node --conditions=source packages/lookup/testing/measure-index.ts 5000000    another number
 */
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Indicator, type IndicatorKind, makeIndicator } from '@misp-pipeline/core';
import { answerFor, IndexBuilder, NO_CEILING, SqliteIndex } from '@misp-pipeline/lookup';
import { candidatesOf } from '@misp-pipeline/misp';

const PLACES = [
  ['suricata', 'misp.rules'],
  ['snort', 'misp.rules'],
  ['wazuh', 'lists/misp'],
] as const;
/** Milliseconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);
const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0);

const count = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-bench-'));
console.log(
  `Node ${process.version} on ${cpus().length} x ${cpus()[0]?.model}; ${count.toLocaleString('en')} indicators`,
);
try {
  await build();
  await ask();
} finally {
  rmSync(folder, { recursive: true });
}

async function build(): Promise<void> {
  const builder = new IndexBuilder(folder, { name: 'bench', filters: [{}], exporters: [] });
  const start = processorTime();
  for (let first = 0; first < count; first += 1000) {
    const batch = Array.from({ length: Math.min(1000, count - first) }, (_, i) => indicatorAt(first + i));
    for (const one of batch) builder.normalised('osint', one);
    for (const one of batch) builder.passed('tlp', undefined, one);
  }
  for (let number = 0; number < count; number++) {
    const one = indicatorAt(number);
    for (const [exporter, file] of PLACES) builder.placed(exporter, one, { file, id: `sid ${number}`, text: '' });
  }
  const seen = processorTime();
  await builder.finish({ built: '', release: 1 }, new AbortController().signal);
  console.log(`watching a run  ${seconds(seen - start)} s, with making the indicators twice`);
  console.log(`finish          ${seconds(processorTime() - seen)} s`);
  console.log(`size            ${megabytes(statSync(join(folder, 'index.sqlite')).size)} MB`);
  console.log(`peak memory     ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
}

async function ask(): Promise<void> {
  const index = new SqliteIndex(folder);
  const start = processorTime();
  await index.snapshot();
  console.log(`open            ${(processorTime() - start).toFixed(1)} ms`);
  for (const [name, from] of [
    ['hit', 0],
    ['miss', count],
  ] as const) {
    const values = Array.from({ length: 50_000 }, (_, i) => valueAt(from + ((i * 7_919_777) % count)).value);
    await rate(`${name}, one by one`, values, 1, index);
    await rate(`${name}, 500 a call`, values, 500, index);
  }
  await index.close();
}

/** Reading the value, finding what covers it, and making the answer. */
async function rate(name: string, values: readonly string[], atOnce: number, index: SqliteIndex): Promise<void> {
  const start = processorTime();
  for (let at = 0; at < values.length; at += atOnce) {
    const some = values.slice(at, at + atOnce);
    const queries = some.map((value) => candidatesOf(value));
    const found = await index.find(queries);
    some.map((value, i) => answerFor(value, queries[i] ?? [], found[i] ?? [], NO_CEILING));
  }
  const perSecond = (values.length / (processorTime() - start)) * 1000;
  console.log(`${name.padEnd(16)}${Math.round(perSecond).toLocaleString('en')} a second`);
}

function indicatorAt(number: number): Indicator {
  const event = {
    uuid: hash('md5', String(number % 20_000)),
    title: 'An event',
    date: '2026-11-24',
    org: 'CERT',
    link: undefined,
  };
  const attribute = hash('sha1', String(number)).slice(0, 36);
  return makeIndicator({
    ...valueAt(number),
    ...{ tlp: 'green', tags: ['tlp:green', 'misp-galaxy:tool="x"'], firstSeen: 1_790_000_000, lastSeen: 1_790_000_000 },
    origins: [{ source: 'osint', event, attribute, type: 'domain', category: 'Network activity', comment: '' }],
  });
}

function valueAt(number: number): { readonly kind: IndicatorKind; readonly value: string } {
  const digits = hash('sha256', String(number));
  const address = `${(number >>> 16) % 224}.${(number >>> 8) & 255}.${number & 255}`;
  const values = [
    { kind: 'sha256', value: digits },
    { kind: 'domain', value: `${digits.slice(0, 9)}.${digits.slice(9, 12)}.example` },
    { kind: 'url', value: `https://${digits.slice(0, 9)}.example/${digits.slice(10, 30)}` },
    number % 400 === 3 ? { kind: 'cidr', value: `${address}.0/24` } : { kind: 'ipv4', value: `${address}.7` },
  ] as const;
  return values[number & 3] ?? values[0];
}

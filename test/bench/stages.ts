/**
 * Times the stages of one run inside one process: every batch goes through all of them, as in the engine, and each
 * stage's clock runs only while the stage works. Prints JSON. For a profile:
 *
 *   node --cpu-prof test/bench/stages.ts FEED [--warninglists FOLDER] [--exporters suricata,sigma]
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Batch, Collector, type Exporter, type Filter, type Output, type Source } from '@misp-pipeline/core';
import { EXPORTERS } from '../support/config.ts';
import { readFeed } from './floor.ts';
import { build, loadPlugin } from './plugins.ts';

/** Seconds that each stage took, in the order of the run. */
export type StageTimes = Readonly<Record<string, number>>;

class Clocks {
  readonly seconds: Record<string, number> = {};

  async time<T>(stage: string, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.seconds[stage] = (this.seconds[stage] ?? 0) + (performance.now() - start) / 1000;
    return result;
  }
}

/** Takes everything and keeps nothing. */
const NOWHERE: Output = { file: () => ({ write() {}, count() {} }), placed: undefined };

async function timeStages(
  feed: string,
  warninglists: string | undefined,
  exporters: readonly string[],
): Promise<StageTimes> {
  const clocks = new Clocks();
  const state = mkdtempSync(join(tmpdir(), 'bench-state-'));
  const stage = async (kind: 'source' | 'filter' | 'exporter', name: string, options: object) => {
    const dir = join(state, name);
    mkdirSync(dir);
    return build(await loadPlugin(kind, name), options, dir);
  };
  await clocks.time('floor', () => readFeed(feed));
  const source = (await stage('source', 'misp-feed', { url: feed })) as Source;
  const filters: [string, Filter][] = [];
  if (warninglists !== undefined) {
    filters.push(['warninglist', (await stage('filter', 'warninglist', { path: warninglists })) as Filter]);
  }
  filters.push(['tlp', (await stage('filter', 'tlp', {})) as Filter]);
  const { signal } = new AbortController();
  for (const [name, filter] of filters) await clocks.time(`${name} open`, () => filter.open?.(signal));
  const collector = new Collector();
  const intake = { read() {}, reject() {}, problem() {}, sync() {}, asOf() {}, withdrawn() {} };
  const batches = source.read(signal, intake)[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await clocks.time('source misp-feed', () => batches.next());
    if (done) break;
    let batch: Batch = value;
    for (const [name, filter] of filters)
      batch = await clocks.time(`filter ${name}`, () => filter.apply(batch, () => {}));
    await clocks.time('collect', () => {
      for (const indicator of batch) collector.add(indicator);
    });
  }
  const collected = await clocks.time('collect', () => collector.collected());
  for (const name of exporters) {
    const exporter = (await stage('exporter', name, {})) as Exporter;
    await clocks.time(`exporter ${name}`, () => exporter.render(collected, NOWHERE, () => {}));
  }
  return clocks.seconds;
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { warninglists: { type: 'string' }, exporters: { type: 'string', default: EXPORTERS.join() } },
  });
  const times = await timeStages(positionals[0] ?? '.', values.warninglists, values.exporters.split(','));
  console.log(JSON.stringify(times));
}

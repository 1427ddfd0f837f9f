/**
 * One process of {@link ./sync.ts}: brings a mirror up to date, then reads it. Prints JSON.
 *
 *   node test/bench/sync-child.ts URL STATE [full]
 */
import { mkdirSync } from 'node:fs';
import type { Source, SyncReport } from '@misp-pipeline/core';
import { build, loadPlugin } from './plugins.ts';

export interface SyncTimes {
  readonly sync: SyncReport;
  /** Seconds until the first batch, which comes after the sync. */
  readonly synced: number;
  /** Seconds from then on. */
  readonly read: number;
}

const [url, state = '.', mode] = process.argv.slice(2);
mkdirSync(state, { recursive: true });
const plugin = await loadPlugin('source', 'misp');
const source = build(plugin, { url, key: 'k' }, state, { full: mode === 'full' }) as Source;
let sync: SyncReport | undefined;
let synced = 0;
const intake = {
  read() {},
  reject() {},
  problem() {},
  sync(report: SyncReport) {
    sync = report;
  },
  asOf() {},
  withdrawn() {},
};
const start = performance.now();
for await (const _batch of source.read(new AbortController().signal, intake)) {
  if (synced === 0) synced = (performance.now() - start) / 1000;
}
const read = (performance.now() - start) / 1000 - synced;
await source.close?.();
console.log(JSON.stringify({ sync, synced, read }));

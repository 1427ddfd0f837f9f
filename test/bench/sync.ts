/**
 * Measures how the source `misp` keeps its mirror up to date: from nothing, when nothing changed, when one attribute in a
 * thousand changed (together in a few events, or each in an event of its own), and a full sweep over what is known.
 *
 *   pnpm bench:sync            1,000,000 attributes
 *   pnpm bench:sync 100000     another number
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measured, measured } from './child.ts';
import { serveMisp } from './misp.ts';
import { type EventRows, Rows, writeRows } from './rows.ts';
import type { SyncTimes } from './sync-child.ts';
import { seconds, table, times, whole } from './table.ts';

const SEED = 20261124;
const CHANGED = 0.001;

const attributes = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-bench-'));
try {
  writeRows(folder, attributes, SEED);
  const rows = new Rows(folder);
  const misp = await serveMisp(rows);
  const floor = await measured(folder, script('floor.ts'), 'misp', misp.url);
  const lines = [['sync', 'mode', 'requests', 'received', 'seconds', 'cpu', 'of floor cpu', 'peak MB', 'then read s']];
  const row = async (name: string, ...args: readonly string[]) => {
    const run = await measured(folder, script('sync-child.ts'), misp.url, join(folder, 'state'), ...args);
    lines.push([name, ...cells(JSON.parse(run.stdout), run, floor)]);
  };
  await row('from nothing');
  await row('nothing changed');
  misp.edit(largeEvents(rows.events, attributes * CHANGED));
  await row('0.1 % changed, in few events');
  misp.edit(smallEvents(rows.events, attributes * CHANGED));
  await row('0.1 % changed, one an event');
  await row('full sweep', 'full');
  misp.close();
  rows.close();
  console.log(
    `${whole(attributes)} attributes, ${whole(rows.events.length)} events; floor ${seconds(floor.cpu)} s cpu\n`,
  );
  console.log(table(lines));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function script(name: string): string {
  return join(import.meta.dirname, name);
}

function cells({ sync, synced, read }: SyncTimes, run: Measured, floor: Measured): string[] {
  const { mode, requests, received } = sync;
  const ratio = times(run.cpu / floor.cpu);
  return [
    mode,
    whole(requests),
    whole(received),
    seconds(synced),
    seconds(run.cpu),
    ratio,
    whole(run.peak),
    seconds(read),
  ];
}

/** Events that together hold so many attributes. */
function largeEvents(events: readonly EventRows[], wanted: number): EventRows[] {
  const large: EventRows[] = [];
  let held = 0;
  for (const event of events) {
    if (held >= wanted) break;
    held += event.end - event.start;
    large.push(event);
  }
  return large;
}

/** So many events with at least one attribute, from the end on. */
function smallEvents(events: readonly EventRows[], wanted: number): EventRows[] {
  return events.filter(({ start, end }) => end > start).slice(-wanted);
}

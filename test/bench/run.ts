/**
 * Measures whole runs of the built command line, and each stage by itself, over generated feeds of realistic events.
 * Every time stands beside its floor, measured in the same run: the same files, read and parsed and nothing else. So the
 * ratios can be compared between machines and on busy ones; seconds cannot.
 *
 *   pnpm bench                    10,000, 100,000 and 1,000,000 attributes
 *   pnpm bench 10000 100000       other sizes
 *
 * Ends with 1 when a limit is not held.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReport } from '@misp-pipeline/core';
import { ROOT } from '../support/cli.ts';
import { writeConfig } from '../support/config.ts';
import { sharedData } from '../support/shared-data.ts';
import { type Measured, measured } from './child.ts';
import { writeFeed } from './generate.ts';
import type { StageTimes } from './stages.ts';
import { seconds, table, times, whole } from './table.ts';

const SEED = 20261124;
const BIN = `${ROOT}packages/cli/bin/misp-pipeline.js`;
const HERE = import.meta.dirname;

/** What a run of a million attributes may cost, and how much more ten times the input may take. */
const LIMITS = { ratio: 4, megabytes: 1200, growth: 12 };

interface SizeResult {
  readonly attributes: number;
  readonly bytes: number;
  readonly floor: Measured;
  /** With an empty state folder. */
  readonly first: Measured;
  /** With the state of the first run and the same input. */
  readonly again: Measured;
  readonly stages: StageTimes;
}

const WARNINGLISTS = sharedData('warninglists/lists');

async function measure(folder: string, attributes: number): Promise<SizeResult> {
  mkdirSync(folder);
  const { dir, bytes } = writeFeed(join(folder, 'feed'), attributes, SEED);
  const config = writeConfig(folder, { feed: dir, ...(WARNINGLISTS && { warninglists: WARNINGLISTS }) });
  const run = () => measured(folder, BIN, 'run', '--json', '--config', config);
  const floor = await measured(folder, join(HERE, 'floor.ts'), dir);
  const first = await run();
  const again = await run();
  const stages = await measured(
    folder,
    join(HERE, 'stages.ts'),
    dir,
    ...(WARNINGLISTS ? ['--warninglists', WARNINGLISTS] : []),
  );
  return { attributes, bytes, floor, first, again, stages: JSON.parse(stages.stdout) };
}

function runsTable(results: readonly SizeResult[]): string {
  const rows = results.flatMap(({ attributes, bytes, floor, first, again }, i) => {
    const smaller = results[i - 1];
    return (['first', 'again'] as const).map((name) => {
      const own = { first, again }[name];
      return [
        `run, ${name === 'first' ? 'empty state' : 'nothing new'}`,
        whole(attributes),
        whole(bytes / 1e6),
        seconds(floor.seconds),
        seconds(own.seconds),
        times(own.seconds / floor.seconds),
        whole(floor.peak),
        whole(own.peak),
        smaller === undefined ? '' : times(own.seconds / smaller[name].seconds),
      ];
    });
  });
  return table([['', 'attributes', 'MB', 'floor s', 's', 'ratio', 'floor peak MB', 'peak MB', 'growth'], ...rows]);
}

function stagesTable({ attributes, stages }: SizeResult): string {
  const { floor = 1 } = stages;
  const total = Object.entries(stages).reduce((sum, [name, time]) => (name === 'floor' ? sum : sum + time), 0);
  const rows = [...Object.entries(stages), ['all stages', total] as const].map(([name, time]) => [
    name,
    seconds(time),
    ((time / attributes) * 1e6).toFixed(2),
    times(time / floor),
  ]);
  return table([[`stages of ${whole(attributes)}`, 's', 'us each', 'ratio'], ...rows]);
}

function funnelLine({ first }: SizeResult): string {
  const { funnel }: RunReport = JSON.parse(first.stdout);
  const dropped = Object.values(funnel.dropped).reduce((sum, count) => sum + count, 0);
  const exported = Object.entries(funnel.exported).map(([name, count]) => `${name} ${whole(count)}`);
  return (
    `read ${whole(funnel.read)}, rejected ${whole(funnel.rejected)}, dropped ${whole(dropped)}, ` +
    `merged ${whole(funnel.merged)}, exported: ${exported.join(', ')}`
  );
}

function missedLimits(results: readonly SizeResult[]): string[] {
  const missed: string[] = [];
  for (const [i, { attributes, floor, first }] of results.entries()) {
    const name = whole(attributes);
    const smaller = results[i - 1];
    if (attributes >= 1_000_000) {
      const ratio = first.seconds / floor.seconds;
      if (ratio > LIMITS.ratio) missed.push(`${name}: ${times(ratio)} the floor, more than ${LIMITS.ratio}x`);
      if (first.peak > LIMITS.megabytes) missed.push(`${name}: ${whole(first.peak)} MB, more than ${LIMITS.megabytes}`);
    }
    if (smaller !== undefined && attributes === smaller.attributes * 10) {
      const growth = first.seconds / smaller.first.seconds;
      if (growth > LIMITS.growth) missed.push(`${name}: ${times(growth)} the time of a tenth of it`);
    }
  }
  return missed;
}

const sizes = process.argv.slice(2).map(Number);
const root = mkdtempSync(join(tmpdir(), 'misp-pipeline-bench-'));
const results: SizeResult[] = [];
try {
  for (const attributes of sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]) {
    results.push(await measure(join(root, String(attributes)), attributes));
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}, seed ${SEED}`);
console.log(WARNINGLISTS ? 'Filters: all warninglists and tlp.' : 'Filters: tlp; no warninglists on this machine.');
console.log(`\n${runsTable(results)}\n`);
for (const result of results) console.log(`${funnelLine(result)}\n\n${stagesTable(result)}\n`);
const missed = missedLimits(results);
for (const line of missed) console.log(`limit not held: ${line}`);
if (missed.length > 0) process.exitCode = 1;

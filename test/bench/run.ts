/**
 * Measures whole runs of the built command line, and each stage by itself, over generated intelligence as it really is.
 * Every time stands beside its floor, measured in the same run: the same bytes, read and parsed and nothing else. So the
 * ratios can be compared between machines, and those of processor time also on busy ones; seconds cannot.
 *
 *   pnpm bench                    10,000, 100,000 and 1,000,000 attributes
 *   pnpm bench 10000 100000       other sizes
 *   pnpm bench misp 1000000       pages of a server only, no feed
 *
 * Ends with 1 when a limit is not held.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedData } from '../support/shared-data.ts';
import { missedLimits } from './limits.ts';
import { measureFeed, measureMisp, type Runs } from './measure.ts';
import { funnelLine, runsTable, stagesTable } from './report.ts';

const names = process.argv.slice(2);
const onlyMisp = names.includes('misp');
const sizes = names.filter((name) => name !== 'misp').map(Number);
const warninglists = sharedData('warninglists/lists');
const filters = warninglists === undefined ? 'tlp (no warninglists on this machine)' : 'all warninglists and tlp';
console.log(`Node ${process.version} on ${cpus().length} x ${cpus()[0]?.model}; filters: ${filters}\n`);

const root = mkdtempSync(join(tmpdir(), 'misp-pipeline-bench-'));
const all: Runs[] = [];
try {
  for (const attributes of sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]) {
    const folder = join(root, String(attributes));
    mkdirSync(folder);
    const misp = await measureMisp(folder, attributes, warninglists);
    console.log(`${funnelLine(misp)}\n`);
    all.push(misp);
    if (!onlyMisp) {
      const feed = await measureFeed(folder, attributes, warninglists);
      console.log(`${stagesTable(attributes, feed.stages)}\n`);
      all.push(feed);
    }
    rmSync(folder, { recursive: true });
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
console.log(`${runsTable(all)}\n`);
for (const line of missedLimits(all)) {
  console.log(`limit not held: ${line}`);
  process.exitCode = 1;
}

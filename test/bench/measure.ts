import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/cli.ts';
import { EXPORTERS } from '../support/config.ts';
import { type Measured, measured } from './child.ts';
import { writeFeed } from './generate.ts';
import { serveMisp } from './misp.ts';
import { Rows, writeRows } from './rows.ts';
import type { StageTimes } from './stages.ts';

const SEED = 20261124;
const BIN = `${ROOT}packages/cli/bin/misp-pipeline.js`;
const SCRIPTS = import.meta.dirname;

/** Whole runs over one generated input. */
export interface Runs {
  /** `misp`: pages of a server; `feed`: a folder of event files. */
  readonly input: 'misp' | 'feed';
  readonly attributes: number;
  readonly bytes: number;
  readonly floor: Measured;
  /** With an empty state folder. */
  readonly first: Measured;
  /** With the state of the first run and the same input. */
  readonly again: Measured;
}

/** Runs the built command line over pages of a server that runs in this process. */
export async function measureMisp(folder: string, attributes: number, warninglists?: string): Promise<Runs> {
  const dir = join(folder, 'rows');
  const bytes = writeRows(dir, attributes, SEED);
  const rows = new Rows(dir);
  const misp = await serveMisp(rows);
  try {
    const floor = await measured(folder, join(SCRIPTS, 'floor.ts'), 'misp', misp.url);
    const source = { use: 'misp', with: { url: misp.url, key: 'k'.repeat(40) } };
    return { input: 'misp', attributes, bytes, floor, ...(await twoRuns(join(folder, 'misp'), source, warninglists)) };
  } finally {
    misp.close();
    rows.close();
  }
}

/** Runs the built command line over a folder of event files; times the stages over it as well. */
export async function measureFeed(
  folder: string,
  attributes: number,
  warninglists?: string,
): Promise<Runs & { readonly stages: StageTimes }> {
  const { dir, bytes } = writeFeed(join(folder, 'feed'), attributes, SEED);
  const floor = await measured(folder, join(SCRIPTS, 'floor.ts'), 'feed', dir);
  const runs = await twoRuns(join(folder, 'feed-run'), { use: 'misp-feed', with: { url: dir } }, warninglists);
  const lists = warninglists === undefined ? [] : ['--warninglists', warninglists];
  const stages = await measured(folder, join(SCRIPTS, 'stages.ts'), dir, ...lists);
  return { input: 'feed', attributes, bytes, floor, ...runs, stages: JSON.parse(stages.stdout) };
}

async function twoRuns(folder: string, source: object, warninglists?: string): Promise<Pick<Runs, 'first' | 'again'>> {
  mkdirSync(folder);
  const config = join(folder, 'misp-pipeline.config.json');
  writeFileSync(
    config,
    JSON.stringify({
      name: 'bench',
      state: 'state',
      sources: { bench: source },
      filters: {
        ...(warninglists && { warninglists: { use: 'warninglist', with: { path: warninglists } } }),
        tlp: { use: 'tlp', with: { max: 'amber', unmarked: 'amber' } },
      },
      exporters: Object.fromEntries(EXPORTERS.map((use) => [use, { use, with: { dir: `out/${use}`, check: 'off' } }])),
    }),
  );
  const run = () => measured(folder, BIN, 'run', '--json', '--config', config);
  return { first: await run(), again: await run() };
}

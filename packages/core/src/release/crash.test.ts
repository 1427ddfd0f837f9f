import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silent } from '../../testing/pipeline.ts';
import { interposed } from '../../testing/place/faulty-fs.ts';
import { Engine, ReleaseSite } from '../../testing/release-site.ts';
import type { PipelineConfig } from '../config/config.ts';
import { GenerationFolder } from '../output/generation.ts';
import { placeOptions } from '../place/options.ts';
import { openWritable } from './open.ts';

/** What a kill at one moment leaves behind. */
interface Remains {
  readonly moment: string;
  /** A copy of the whole site. */
  readonly copy: string;
  /** What each engine had been told last. */
  readonly running: readonly (string | undefined)[];
}

const IDS = ['out', 'second'];

const OLD = ['kept.example', 'old.example'];

const NEW = ['kept.example', 'new.example'];

let site: ReleaseSite;
let copies: string;
let engines: readonly Engine[];

beforeEach(() => {
  site = new ReleaseSite();
  copies = mkdtempSync(join(tmpdir(), 'remains-'));
  engines = IDS.map(() => new Engine());
});

afterEach(() => {
  site.remove();
  rmSync(copies, { recursive: true });
});

/** Two exporters with engines; the second one has a place, too. */
function pipeline(values: readonly string[]): PipelineConfig {
  const places = placeOptions.parse([{ to: join(site.dir, 'engine') }]);
  const exporters = IDS.map((id, i) => site.exporter(id, engines[i]?.exporter, i === 1 ? { places } : {}));
  return site.config(values, undefined, { exporters });
}

/**
 * Does something that may fail, and copies the site before each call to the file system that changes something and while
 * each engine is told: the history is written in between.
 */
async function remainsOf(act: () => unknown): Promise<Remains[]> {
  const remains: Remains[] = [];
  const take = (moment: string) => {
    const copy = mkdtempSync(join(copies, 'copy-'));
    cpSync(site.dir, copy, { recursive: true, verbatimSymlinks: true });
    remains.push({ moment, copy, running: engines.map(({ told }) => told.at(-1)) });
  };
  const calls = interposed((call, name, args) => take(`call ${call}, ${name} ${String(args[0])}`));
  for (const engine of engines) engine.heard = () => take(`told ${engine.told.at(-1)}`);
  try {
    await act();
  } catch {
    // What fails leaves something behind, too.
  } finally {
    calls.restore();
    for (const engine of engines) engine.heard = () => {};
  }
  return remains;
}

/** Goes back to what a kill has left. */
function resume({ copy, running }: Remains): void {
  rmSync(site.dir, { recursive: true });
  cpSync(copy, site.dir, { recursive: true, verbatimSymlinks: true });
  for (const [i, engine] of engines.entries()) {
    engine.told.splice(0, Number.POSITIVE_INFINITY, ...[running[i] ?? []].flat());
    engine.isWell = true;
  }
}

function recoverAll(): void {
  openWritable(site.state, silent, new Date()).close();
}

/** Everything names one and the same release: folders, places and history. */
function expectWhole(moment: string): readonly string[] {
  const lives = IDS.map((id) => site.live(id));
  expect(lives[0], moment).toEqual(lives[1]);
  expect(site.placed(), moment).toEqual(lives[0]);
  for (const id of IDS) {
    const folder = new GenerationFolder(join(site.dir, id));
    expect(folder.intact(folder.live() ?? ''), moment).toBeDefined();
  }
  const remembered = site.history(({ releases, entries }) => {
    const live = releases.newest('live');
    expect(releases.newest('publishing'), moment).toBeUndefined();
    for (const part of live?.exporters ?? []) expect(new GenerationFolder(part.dir).live()).toBe(part.generation);
    return [...entries.at(live?.id ?? 0)].map(({ value }) => value);
  });
  expect(remembered, moment).toEqual(lives[0]);
  return lives[0] ?? [];
}

/** The next run ends with what it wants, which every engine runs, and nothing is left over. */
async function expectGoodEnd(moment: string, values: readonly string[]): Promise<void> {
  await site.run(pipeline(values), { accept: ['rolled-back'] });
  expect(expectWhole(moment), moment).toEqual(values);
  for (const { told } of engines) expect(told.at(-1)?.replace(' (anew)', ''), moment).toBe(values.join('\n'));
  expect(existsSync(join(site.state, 'places', 'journal.json')), moment).toBe(false);
  const alive = site.history(({ entries }) => values.flatMap((value) => entries.of('domain', value)));
  expect(
    alive.filter(({ until }) => until === undefined).map(({ value }) => value),
    moment,
  ).toEqual(values);
}

interface Story {
  readonly what: string;
  readonly isConfirmed: boolean;
  /** Goes from the old values to the new ones. */
  readonly act: () => Promise<unknown>;
}

const stories: Story[] = [
  { what: 'a run', isConfirmed: true, act: () => site.run(pipeline(NEW)) },
  {
    what: 'a run that its last engine does not confirm',
    isConfirmed: false,
    act: () => {
      for (const engine of engines.slice(1)) engine.isWell = false;
      return site.run(pipeline(NEW));
    },
  },
  { what: 'a rollback', isConfirmed: true, act: () => site.back(pipeline([])) },
];

describe.each(stories)('$what that is killed', ({ isConfirmed, act }) => {
  it('at any point is whole after recovery, also when that is killed, and the next run ends well', async () => {
    await site.run(pipeline(NEW));
    await site.run(pipeline(OLD));
    const all = await remainsOf(act);
    // Before that, nothing but files that nobody reads is written.
    const trials = all.slice(all.findIndex(({ moment }) => moment.includes('journal.json')));
    expect(trials.length).toBeGreaterThan(20);
    const outcomes = new Set<string>();
    for (const [i, trial] of trials.entries()) {
      resume(trial);
      const isDeep = i % 5 === 0;
      const again = isDeep ? await remainsOf(recoverAll) : [];
      if (!isDeep) recoverAll();
      outcomes.add(expectWhole(trial.moment).join());
      if (i % 2 === 0) await expectGoodEnd(trial.moment, i % 4 === 0 ? OLD : NEW);
      for (const second of again.filter((_, j) => j % 4 === 0)) {
        resume({ ...second, running: trial.running });
        const moment = `${trial.moment}, then ${second.moment}`;
        recoverAll();
        expectWhole(moment);
        if (i % 10 === 0) await expectGoodEnd(moment, NEW);
      }
    }
    expect([...outcomes].sort()).toEqual(isConfirmed ? [NEW.join(), OLD.join()] : [OLD.join()]);
  }, 600_000);
});

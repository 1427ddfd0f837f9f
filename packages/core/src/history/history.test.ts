import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meetingPoint } from '../../testing/meeting.ts';
import type { HistoryRace } from '../../testing/race-for-history.ts';
import type { Entry } from './entry.ts';
import { History } from './history.ts';
import type { Release } from './releases.ts';

let state: string;
let history: History;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'history-'));
  history = new History(state);
});

afterEach(() => {
  chmodSync(state, 0o700);
  history.close();
  rmSync(state, { recursive: true });
});

const entry = (value: string, exporters = 1, digest = 1): Entry => ({
  ...{ kind: 'domain', value, direction: undefined, port: undefined },
  ...{ exporters, digest, events: [] },
});

const release = (id: number, fields: Partial<Release> = {}): Release => ({
  ...{ id, state: 'live', fingerprint: `f${id}`, made: `2026-01-0${id}T00:00:00.000Z`, by: 'run', restored: undefined },
  ...{ runId: '', published: `2026-01-0${id}T00:00:00.000Z`, exporters: [], guard: [], unconfirmed: [] },
  ...{ failure: undefined, ...fields },
});

const liveIn = (id: number) => [...history.entries.at(id)].map(({ value, exporters }) => `${value} ${exporters}`);

const IS_ROOT = process.getuid?.() === 0;

/** Root may do everything, unless it is told otherwise. */
const POWERLESS = IS_ROOT ? ['setpriv', '--bounding-set', '-all'] : [];

const CAN_BE_REFUSED = !IS_ROOT || spawnSync('setpriv', ['--version']).status === 0;

const NEEDS_RIGHTS = '(needs setpriv, or a user other than root)';

describe('openHistory', () => {
  /** Reads in a process that may do no more than the permissions say. */
  function readElsewhere(): { status: number | null; stdout: string; stderr: string } {
    const reader = join(import.meta.dirname, '..', '..', 'testing', 'history-reader.ts');
    const [program = '', ...args] = [...POWERLESS, process.execPath, reader, state, '1'];
    return spawnSync(program, args, { encoding: 'utf8' });
  }

  const file = () => join(state, 'history.sqlite');

  it('lets several open it for the first time at once', async () => {
    const workerData: HistoryRace = { root: join(state, 'race'), rounds: 200, threads: 2, shared: meetingPoint() };
    const faults: string[] = [];
    const threads = Array.from({ length: workerData.threads }, () => {
      const thread = new Worker(new URL('../../testing/race-for-history.ts', import.meta.url), { workerData });
      thread.on('message', (fault: string) => faults.push(fault));
      return once(thread, 'exit');
    });
    await Promise.all(threads);
    expect(faults).toEqual([]);
  });

  beforeEach(() => {
    history.transaction(() => {
      history.releases.write(release(1));
      history.entries.add(entry('a.example'), 1);
    });
  });

  it.skipIf(!CAN_BE_REFUSED).each([
    ['nobody writes', () => history.close()],
    ['another process writes', () => history.begin()],
  ])(`lets somebody read who may not write, while %s ${NEEDS_RIGHTS}`, (_when, prepare) => {
    prepare();
    chmodSync(state, 0o555);
    for (const path of [file(), `${file()}-wal`, `${file()}-shm`]) {
      if (statSync(path, { throwIfNoEntry: false }) !== undefined) chmodSync(path, 0o444);
    }
    expect(readElsewhere()).toMatchObject({ status: 0, stdout: 'a.example\n' });
  });

  it.skipIf(!CAN_BE_REFUSED).each([
    ['file', file],
    ['folder', () => state],
  ])(`says so when the %s may not even be read ${NEEDS_RIGHTS}`, (_what, path) => {
    history.close();
    chmodSync(path(), 0o000);
    const { status, stderr } = readElsewhere();
    chmodSync(path(), 0o700);
    expect(status).toBe(1);
    expect(stderr).toContain("code: 'HISTORY_UNREADABLE'");
    expect(stderr).toContain(`\`${file()}\``);
  });

  it('is for its user alone, until that is changed', () => {
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    chmodSync(file(), 0o640);
    new History(state).close();
    expect(statSync(file()).mode & 0o777).toBe(0o640);
  });
});

describe('Entries', () => {
  it('restores an earlier release in some exporters, whatever happened since, and leaves the others', () => {
    const OUT = 0b01;
    const OTHER = 0b10;
    const live = fc.uniqueArray(
      fc.record({
        value: fc.constantFrom('a', 'b', 'c', 'd'),
        exporters: fc.integer({ min: 1, max: 3 }),
        digest: fc.integer({ min: 1, max: 2 }),
      }),
      {
        selector: ({ value }) => value,
      },
    );
    fc.assert(
      fc.property(fc.array(live, { minLength: 2, maxLength: 5 }), fc.nat(), (releases, pick) => {
        history.rollBack();
        history.begin();
        for (const [i, wanted] of releases.entries())
          replace(
            i + 1,
            wanted.map(({ value, exporters, digest }) => entry(value, exporters, digest)),
          );
        const earlier = (pick % releases.length) + 1;
        const [then, now] = [masks(earlier), masks(releases.length)];
        history.entries.restore(earlier, 6, OUT);
        const after = masks(6);
        for (const value of ['a', 'b', 'c', 'd']) {
          const wanted = ((then.get(value) ?? 0) & OUT) | ((now.get(value) ?? 0) & OTHER);
          expect(after.get(value) ?? 0).toBe(wanted);
        }
        history.entries.undo(6);
        expect(masks(6)).toEqual(now);
      }),
    );
  });

  /** Makes exactly these live. */
  function replace(id: number, wanted: readonly Entry[]): void {
    const before = [...history.entries.at(id)];
    for (const old of before) {
      const same = wanted.find(
        ({ value, exporters, digest }) => value === old.value && exporters === old.exporters && digest === old.digest,
      );
      if (same === undefined) history.entries.end(old.id, id, undefined);
    }
    for (const one of wanted) {
      const old = before.find(({ value }) => value === one.value);
      if (old?.exporters !== one.exporters || old.digest !== one.digest) history.entries.add(one, id);
    }
  }

  const masks = (id: number) => new Map([...history.entries.at(id)].map(({ value, exporters }) => [value, exporters]));
});

describe('History', () => {
  const idOf = (value: string) => history.entries.of('domain', value)[0]?.id ?? 0;

  it('forgets what only earlier releases had, and keeps everything that later ones need', () => {
    for (const id of [1, 2, 4]) history.releases.write(release(id));
    history.releases.write(release(3, { state: 'failed', published: undefined }));
    history.entries.add(entry('kept.example'), 1);
    history.entries.add(entry('gone.example'), 1);
    history.entries.end(idOf('gone.example'), 2, 'tlp:red');
    history.entries.add(entry('late.example'), 2);
    history.entries.end(idOf('late.example'), 4, undefined);
    const before = [2, 4].map(liveIn);
    history.forgetBefore(2);
    expect([2, 4].map(liveIn)).toEqual(before);
    expect(history.entries.of('domain', 'gone.example')).toEqual([]);
    expect(history.releases.all().map(({ id, state: what }) => `${id} ${what}`)).toEqual([
      '4 live',
      '3 failed',
      '2 live',
      '1 forgotten',
    ]);
    expect(history.releases.byId(1)).toMatchObject({ published: '2026-01-01T00:00:00.000Z', exporters: [] });
    expect(history.releases.liveAt(new Date('2026-01-01T12:00:00Z'))).toBeUndefined();
    history.forgetBefore(4);
    expect(history.releases.byId(3)).toBeUndefined();
    expect(history.releases.next()).toBe(5);
  });
});

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stageName } from '../stage-name.ts';
import { StageIds } from './book.ts';
import { GivenIds } from './given-ids.ts';
import { IdStore } from './store.ts';

const range = { first: 1000, last: 1999 };

describe('StageIds', () => {
  it('gives every key a number of its own inside the range, whatever else is there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 300 }), (keys) => {
        const book = new StageIds('s').book({ first: 1, last: 300 });
        const ids = keys.map((key) => book.assign(key, 'text').id);
        expect(new Set(ids).size).toBe(keys.length);
        expect(ids.every((id) => id >= 1 && id <= 300)).toBe(true);
      }),
    );
  });

  it('raises the revision when the text changes, and only then', () => {
    const book = new StageIds('s').book(range);
    expect(book.assign('k', 'one').revision).toBe(1);
    expect(book.assign('k', 'one').revision).toBe(1);
    expect(book.assign('k', 'two').revision).toBe(2);
    expect(book.assign('k', 'one').revision).toBe(3);
  });

  it('keeps the number when other keys come and go', () => {
    const alone = new StageIds('s').book(range).assign('k', 't').id;
    const ids = new StageIds('s');
    const book = ids.book(range);
    for (let i = 0; i < 500; i++) book.assign(`other ${i}`, 't');
    const id = book.assign('k', 't').id;
    expect(book.assign('k', 't').id).toBe(id);
    expect(new StageIds('s').book(range).assign('k', 't').id).toBe(alone);
  });

  it('never gives a number that belongs to somebody else', () => {
    const wanted = new StageIds('s').book(range).assign('k', 't').id;
    expect(new StageIds('s').book(range, new Set([wanted])).assign('k', 't').id).not.toBe(wanted);
  });

  it('says so when the range is used up', () => {
    const book = new StageIds('suricata').book({ first: 1, last: 1 });
    book.assign('a', 't');
    expect(() => book.assign('b', 't')).toThrow('no free number left between 1 and 1');
  });
});

describe('IdStore', () => {
  it('remembers numbers and revisions over runs, and forgets what was not saved', () => {
    const dir = mkdtempSync(join(tmpdir(), 'ids-'));
    const first = new IdStore(dir);
    const kept = first.stage('suricata').book(range).assign('kept', 'one');
    first.save();
    first.stage('suricata').book(range).assign('lost', 'one');
    first.close();

    const second = new IdStore(dir);
    const book = second.stage('suricata').book(range);
    expect(book.assign('kept', 'one')).toMatchObject(kept);
    expect(book.assign('kept', 'two')).toMatchObject({ id: kept.id, revision: 2 });
    expect(second.stage('suricata').changed.has('lost')).toBe(false);
    second.close();
  });

  it('says which file cannot be opened', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'ids-')), 'ids.sqlite');
    mkdirSync(path);
    const error = expect.objectContaining({ code: 'STATE_UNUSABLE', exitCode: 3 });
    expect(() => new IdStore(dirname(path))).toThrow(error);
    expect(() => new IdStore(dirname(path))).toThrow(`\`${path}\` cannot be opened: unable to open`);
    rmdirSync(path);
    writeFileSync(path, 'something else'.repeat(100));
    expect(() => new IdStore(dirname(path))).toThrow(`\`${path}\` cannot be opened: file is not a database`);
  });

  it('waits with saving for those who read, and with opening for those who save', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'ids-'));
    const store = new IdStore(dir);
    const workerData = join(dir, 'ids.sqlite');
    const reader = new Worker(new URL('../../testing/read-ids.ts', import.meta.url), { workerData });
    await once(reader, 'message');
    const { id } = store.stage('suricata').book(range).assign('k', 't');
    store.save();
    store.close();
    const again = new IdStore(dir);
    expect(again.stage('suricata').book(range).assign('k', 't').id).toBe(id);
    again.close();
  });

  it('keeps the numbers of stages apart', () => {
    const store = new IdStore(mkdtempSync(join(tmpdir(), 'ids-')));
    const [a, b] = ['a', 'b'].map((stage) => store.stage(stage).book(range).assign('k', 't').id);
    expect(a).toBe(b);
    store.save();
    store.close();
  });
});

/** Gives one number, and is killed while it saves many more. */
const KILLED_RUN = `
  const { DatabaseSync } = require('node:sqlite');
  const db = new DatabaseSync(process.argv[1]);
  db.exec(\`CREATE TABLE ids (stage TEXT, key TEXT, id INTEGER); INSERT INTO ids VALUES ('exporter-suricata', 'kept', 7);
    PRAGMA cache_size = 1; BEGIN IMMEDIATE\`);
  const insert = db.prepare("INSERT INTO ids VALUES ('exporter-suricata', ?, ?)");
  for (let id = 100; id < 5000; id++) insert.run('lost', id);
  process.kill(process.pid, 'SIGKILL');`;

describe('GivenIds', () => {
  it('knows what was saved, and nothing else, after a run was killed while it saved', () => {
    const dir = mkdtempSync(join(tmpdir(), 'ids-'));
    const file = join(dir, 'ids.sqlite');
    expect(spawnSync(process.execPath, ['-e', KILLED_RUN, file]).signal).toBe('SIGKILL');
    expect(existsSync(`${file}-journal`)).toBe(true);
    const given = GivenIds.open(dir, ['suricata']);
    expect(given?.find(7)).toEqual({ exporter: 'suricata', key: 'kept' });
    expect(given?.find(100)).toBeUndefined();
    given?.close();
  });

  it('tell what a number stands for, in the books of the exporters that are asked for', () => {
    const dir = mkdtempSync(join(tmpdir(), 'ids-'));
    const store = new IdStore(dir);
    const { id } = store.stage(stageName('exporter', 'ids')).book(range).assign('domain:evil.example dns', 'text');
    store.stage(stageName('exporter', 'other')).book({ first: 1, last: 1 }).assign('mark', 'text');
    store.save();
    store.close();
    const given = GivenIds.open(dir, ['ids']);
    expect(given?.find(id)).toEqual({ exporter: 'ids', key: 'domain:evil.example dns' });
    expect(given?.find(1)).toBeUndefined();
    given?.close();
  });

  it('are not there before the first run', () => {
    expect(GivenIds.open(mkdtempSync(join(tmpdir(), 'ids-')), ['ids'])).toBeUndefined();
  });
});

import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeEach, describe, expect, it } from 'vitest';
import { meetingPoint } from '../testing/meeting.ts';
import type { Race } from '../testing/race-for-file.ts';
import { holdFile } from './hold-file.ts';

let dir: string;
let path: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'hold-'));
  path = join(dir, 'lock.sqlite');
});

describe('holdFile', () => {
  it('gives a file to nobody else until it is released, and leaves nothing else behind', () => {
    const held = holdFile(path);
    expect(holdFile(path)).toBeUndefined();
    held?.release();
    holdFile(path)?.release();
    expect(readdirSync(dir)).toEqual(['lock.sqlite']);
  });

  it('gives it to exactly one of several that take it at once', async () => {
    const race: Race = { path, rounds: 1000, threads: 3, shared: meetingPoint() };
    let winners = 0;
    const threads = Array.from({ length: race.threads }, () => {
      const thread = new Worker(new URL('../testing/race-for-file.ts', import.meta.url), { workerData: race });
      thread.on('message', (won: boolean) => (winners += Number(won)));
      return once(thread, 'exit');
    });
    await Promise.all(threads);
    expect(winners).toBe(race.rounds);
  });

  it('says which file cannot be made', () => {
    const lost = join(dir, 'nowhere', 'lock.sqlite');
    const error = expect.objectContaining({ code: 'STATE_UNUSABLE', exitCode: 3 });
    expect(() => holdFile(lost)).toThrow(error);
    expect(() => holdFile(lost)).toThrow(`\`${lost}\` cannot be opened: unable to open database file`);
  });

  it('says which file is none of its own', () => {
    writeFileSync(path, 'something else'.repeat(100));
    expect(() => holdFile(path)).toThrow(`\`${path}\` cannot be opened: file is not a database`);
  });
});

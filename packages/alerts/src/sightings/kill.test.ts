import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { dnsAlert } from '../../testing/eve.ts';
import { type FakeSightings, startFakeSightings, type Way } from '../../testing/fake-sightings.ts';

const PROGRAM = fileURLToPath(new URL('../../testing/sightings-process.ts', import.meta.url));
const NAMES = 40;
const HOURS = 2;
const ALERTS_OF_EACH = 5;

let folder: string;
let server: FakeSightings;
let child: ChildProcess | undefined;

afterEach(async () => {
  child?.kill('SIGKILL');
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Writes a log in which each name is seen some times in each hour. */
function writeLog(): string {
  const lines = Array.from({ length: NAMES * HOURS * ALERTS_OF_EACH }, (_, i) => {
    const hour = 8 + (i % HOURS);
    return dnsAlert(1_000_000_001, `n${(i >> 1) % NAMES}.example`, `2026-11-24T0${hour}:00:0${i % 10}Z`);
  });
  const log = join(folder, 'eve.json');
  writeFileSync(log, `${lines.join('\n')}\n`);
  return log;
}

/** Runs the program, and kills it when the server has got so many requests; whether it ended by itself. */
async function run(log: string, requests: number): Promise<boolean> {
  const args = ['--conditions=source', PROGRAM, folder, log, server.url, String(NAMES)];
  const started = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  child = started;
  const before = server.requests.length;
  const killing = setInterval(() => {
    if (server.requests.length - before >= requests) started.kill('SIGKILL');
  }, 1);
  const [code] = await once(started, 'exit');
  clearInterval(killing);
  return code === 0;
}

describe('a program that is killed again and again', () => {
  it.each([1, 2])('loses no sighting and posts none twice (seed %i)', async (seed) => {
    const random = new Random(seed);
    const ways: readonly Way[] = [
      'store',
      'store',
      'store',
      'store',
      'store',
      'store',
      'drop',
      'lose',
      'break',
      'busy',
    ];
    folder = mkdtempSync(join(tmpdir(), 'killed-'));
    server = await startFakeSightings(() => random.pick(ways));
    const log = writeLog();
    let kills = 0;
    while (!(await run(log, kills < 6 ? 1 + random.below(20) : Number.POSITIVE_INFINITY))) kills++;
    const stored = server.stored.map(({ attribute, timestamp }) => `${attribute} ${timestamp}`);
    expect(kills).toBeGreaterThan(2);
    expect(stored).toHaveLength(NAMES * HOURS);
    expect(new Set(stored).size).toBe(NAMES * HOURS);
  });
});

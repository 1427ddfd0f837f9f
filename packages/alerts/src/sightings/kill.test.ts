import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Random } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dnsAlert } from '../../testing/eve.ts';
import { type FakeSightings, startFakeSightings, type Way } from '../../testing/fake-sightings.ts';

const PROGRAM = fileURLToPath(new URL('../../testing/sightings-process.ts', import.meta.url));
const NAMES = 40;
const HOURS = 2;
const UNRELIABLE: readonly Way[] = [...Array<Way>(6).fill('store'), 'drop', 'lose', 'break', 'busy'];

let folder: string;
let random: Random;
let ways: readonly Way[];
let server: FakeSightings;
let child: Program | undefined;

type Program = ChildProcessByStdio<null, Readable, null>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'killed-'));
  server = await startFakeSightings(() => random.pick(ways));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await server.close();
  rmSync(folder, { recursive: true });
});

const log = () => join(folder, 'eve.json');

/** Writes a log in which each name is seen some times in each hour; `first`: minute of its first alert. */
function writeLog(alertsOfEach: number, first = 10): void {
  const lines = Array.from({ length: NAMES * HOURS * alertsOfEach }, (_, i) => {
    const time = `2026-11-24T0${8 + (i % HOURS)}:${first + Math.floor((i % 600) / 60)}`;
    return dnsAlert(1_000_000_001, `n${(i >> 1) % NAMES}.example`, `${time}:${10 + (i % 50)}Z`);
  });
  writeFileSync(log(), `${lines.join('\n')}\n`);
}

/** Runs the program, and kills it when `kill` is called; whether it ended by itself. */
async function run(watch: (program: Program, kill: () => void) => void): Promise<boolean> {
  const args = ['--conditions=source', PROGRAM, folder, log(), server.url, String(NAMES)];
  const program = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  child = program;
  watch(program, () => program.kill('SIGKILL'));
  program.stdout.resume();
  const [code] = await once(program, 'exit');
  return code === 0;
}

/** Kills a program when the server has got so many requests of it. */
const afterRequests = (requests: number) => (program: Program, kill: () => void) => {
  const before = server.requests.length;
  const looking = setInterval(() => {
    if (server.requests.length - before >= requests) kill();
  }, 1);
  program.once('exit', () => clearInterval(looking));
};

/** Kills a program when it has taken lines so many times. */
const afterDots = (dots: number) => (program: Program, kill: () => void) => {
  let seen = 0;
  program.stdout.on('data', (text: Buffer) => {
    seen += text.length;
    if (seen >= dots) kill();
  });
};

const unharmed = () => {};

/** What the server has: attribute, hour by its last alert, and number of alerts. */
const stored = () =>
  server.stored.map(({ attribute, timestamp, source }) => {
    return `${attribute} ${Math.floor(timestamp / 3600) % 24} ${/\((\d+)\)$/.exec(source)?.[1]}`;
  });

function expected(alertsOfEach: number): readonly string[] {
  const names = Array.from({ length: NAMES }, (_, i) => i);
  return names.flatMap((i) => [8, 9].map((hour) => `uuid-${i} ${hour} ${alertsOfEach}`));
}

describe('a program that is killed again and again', () => {
  it.each([1, 2])('loses no sighting and posts none twice, while it posts (seed %i)', async (seed) => {
    random = new Random(seed);
    ways = UNRELIABLE;
    writeLog(5);
    let kills = 0;
    while (!(await run(kills < 6 ? afterRequests(1 + random.below(20)) : unharmed))) kills++;
    expect(kills).toBeGreaterThan(2);
    expect(stored().sort()).toEqual(expected(5).toSorted());
  });

  it.each([1, 2])('counts each alert once, while it reads a log and that is rotated (seed %i)', async (seed) => {
    random = new Random(seed);
    ways = ['store'];
    writeLog(400);
    for (let kills = 0; kills < 12; kills++) {
      expect(await run(afterDots(1 + random.below(6)))).toBe(false);
      if (kills !== 5) continue;
      renameSync(log(), `${log()}.1`);
      writeLog(400, 30);
    }
    expect(server.requests).toEqual([]);
    expect(await run(unharmed)).toBe(true);
    expect(stored().sort()).toEqual(expected(800).toSorted());
  });
});

/**
 * Loads the look-up service on loopback by `wrk` and compares look-ups with an answer that is always the same.
 *
 *   node --conditions=source test/bench/serve.ts            1,000,000 indicators
 *   node --conditions=source test/bench/serve.ts 5000000    another number
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Load, type Seen, send } from './serve/load.ts';
import { numberedValue } from './serve/values.ts';
import { table, whole } from './table.ts';

const ROUNDS = 5;
const SECONDS = 2;
const SWITCHES = 5;
const BULK = 100;
/** Different requests of a load. */
const REQUESTS = 2000;

/** Ticks of the processor's accounts a second; the same on every Linux. */
const TICKS = 100;

/** What a load did, and what it took. */
interface Measured extends Seen {
  /** Microseconds of the server's processor time for a request. */
  readonly cpu: number;
}

const count = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-bench-'));
const index = join(folder, 'index.sqlite');

const single = (name: string, first: number): Load => {
  const values = Array.from({ length: REQUESTS }, (_, i) => numberedValue(first + spread(i)).value);
  return { name, method: 'GET', parts: values.map((value) => `/lookup?value=${encodeURIComponent(value)}`) };
};
const constant: Load = { name: 'constant', method: 'GET', parts: ['/livez'] };
const known = single('known', 0);
const unknown = single('unknown', count);
const bulk: Load = {
  name: 'bulk',
  method: 'POST',
  parts: Array.from({ length: REQUESTS / BULK }, (_, request) => {
    const numbers = Array.from({ length: BULK }, (_, i) => spread(request * BULK + i) + (i % 2) * count);
    return JSON.stringify({ values: numbers.map((number) => numberedValue(number).value) });
  }),
};

console.log(`Node ${process.version} on ${cpus().length} x ${cpus()[0]?.model}; ${whole(count)} indicators`);
try {
  execFileSync(process.execPath, [...nodeOptions('build-index.ts'), folder, String(count)], { stdio: 'inherit' });
  const server = spawn(process.execPath, [...nodeOptions('server.ts'), folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(server.stdout, 'data');
  const url = String(line).trim();
  try {
    await measure(url, server.pid ?? 0);
  } finally {
    server.kill();
    await once(server, 'close');
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(url: string, pid: number): Promise<void> {
  const rounds: Measured[][] = [];
  const loads = [constant, known, unknown, bulk];
  for (let round = 0; round < ROUNDS; round++) {
    const measured: Measured[] = [];
    for (const load of loads) measured.push(await measuredLoad(url, load, pid));
    rounds.push(measured);
  }
  const columns = loads.map((_, i) => rounds.flatMap((measured) => measured[i] ?? []));
  const rows = columns.map((measured, i) => rowOf(loads[i]?.name ?? '', measured, columns[0] ?? []));
  console.log(
    table([
      ['load', 'requests/s', 'of constant', 'values/s', 'p99 ms', 'CPU us/request', 'of constant', 'failed'],
      ...rows,
    ]),
  );
  const [switched] = await Promise.all([send(url, known, SECONDS * SWITCHES, folder), switchSnapshots()]);
  const rate = `${whole(switched.rate)} requests/s, p99 ${switched.p99.toFixed(1)} ms, ${switched.failed} failed`;
  console.log(`${SWITCHES} switches under load: ${rate}`);
  const memory = ['VmRSS', 'VmHWM', 'RssAnon'].map((name) => `${name} ${memoryOf(pid, name)} MB`).join(', ');
  console.log(`memory: ${memory}; index: ${whole(statSync(index).size / 2 ** 20)} MB`);
}

async function measuredLoad(url: string, load: Load, pid: number): Promise<Measured> {
  const before = cpuOf(pid);
  const seen = await send(url, load, SECONDS, folder);
  return { ...seen, cpu: ((cpuOf(pid) - before) / (seen.rate * SECONDS)) * 1e6 };
}

function rowOf(name: string, measured: readonly Measured[], constants: readonly Measured[]): string[] {
  const ratio = (of: (one: Measured) => number) =>
    median(measured.map((one, round) => of(one) / of(constants[round] ?? one))).toFixed(2);
  const rate = median(measured.map((one) => one.rate));
  const values = name === 'constant' ? '' : whole(rate * (name === 'bulk' ? BULK : 1));
  const p99 = median(measured.map((one) => one.p99)).toFixed(1);
  const cpu = whole(median(measured.map((one) => one.cpu)));
  const failed = whole(measured.reduce((sum, one) => sum + one.failed, 0));
  return [name, whole(rate), ratio((one) => one.rate), values, p99, cpu, ratio((one) => one.cpu), failed];
}

/** Puts copies of the index in its place, as runs would do with new ones. */
async function switchSnapshots(): Promise<void> {
  for (let i = 0; i < SWITCHES; i++) {
    await setTimeout(SECONDS * 500);
    copyFileSync(index, `${index}.new`);
    renameSync(`${index}.new`, index);
  }
}

/** Seconds of processor time that a process has taken so far. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** MB. */
function memoryOf(pid: number, name: string): string {
  const kilobytes = new RegExp(`${name}:\\s*(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return whole(Number(kilobytes) / 1024);
}

/** Numbers below the count, far from one another. */
function spread(i: number): number {
  return (i * 7_919_993) % count;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function nodeOptions(script: string): string[] {
  return ['--conditions=source', join(import.meta.dirname, 'serve', script)];
}

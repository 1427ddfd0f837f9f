/** Builds a store, or asks it, in a process of its own, and prints what that took as JSON: `build|ask STORE FOLDER COUNT`. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { valueAt } from './records.ts';
import { sortedFile } from './sorted-file.ts';
import { SQLITE_STORES } from './sqlite-stores.ts';
import type { Reader } from './store.ts';

export const STORES = [...SQLITE_STORES, sortedFile];

/** Questions of each kind, after a tenth of them to warm up. */
const QUESTIONS = 200_000;

export interface Built {
  /** Seconds. */
  readonly build: number;
  /** Bytes. */
  readonly size: number;
}

export interface Asked {
  /** Milliseconds from nothing to the first answer. */
  readonly open: number;
  /** Answers a second. */
  readonly hits: number;
  readonly misses: number;
  /** What asking added to the memory of the process, in MB. */
  readonly memory: number;
}

const [action = '', name = '', folder = '', count = ''] = process.argv.slice(2);
if (process.argv[1] === import.meta.filename) {
  const result = action === 'build' ? build() : ask(Number(count));
  console.log(JSON.stringify(result));
}

function pathAndStore() {
  const number = STORES.findIndex((store) => store.name === name);
  const store = STORES[number];
  if (store === undefined) throw new Error(`no store \`${name}\``);
  return { store, path: join(folder, `store-${number}`) };
}

function build(): Built {
  const { store, path } = pathAndStore();
  const raw = new DatabaseSync(join(folder, 'raw'));
  const start = performance.now();
  store.build(raw, path);
  return { build: (performance.now() - start) / 1000, size: statSync(path).size };
}

function ask(indicators: number): Asked {
  const { store, path } = pathAndStore();
  const known = questions(indicators, 0);
  const unknown = questions(indicators, indicators);
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const reader = store.open(path);
  if (reader.find(valueAt(0)) === undefined) throw new Error(`${name} does not find what it holds`);
  const open = performance.now() - start;
  const hits = rate(reader, known, true);
  const misses = rate(reader, unknown, false);
  const memory = (process.memoryUsage().rss - before) / 2 ** 20;
  reader.close();
  return { open, hits, misses, memory };
}

/** Values in no order. */
function questions(indicators: number, from: number): string[] {
  return Array.from({ length: QUESTIONS }, (_, i) => valueAt(from + ((i * 7_919_777) % indicators)));
}

/** Answers a second. */
function rate(reader: Reader, values: readonly string[], isHit: boolean): number {
  for (const value of values.slice(0, QUESTIONS / 10)) reader.find(value);
  const start = performance.now();
  for (const value of values) {
    if ((reader.find(value) !== undefined) !== isHit) throw new Error(`${name} answers wrongly for ${value}`);
  }
  return (values.length / (performance.now() - start)) * 1000;
}

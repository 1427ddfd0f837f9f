/**
 * Compares ways to keep an index of indicators in a file: how long building takes, how large it is, and how fast it answers
 * a process that has just opened it.
 *
 *   node test/bench/lookup-stores.ts            1,000,000 indicators
 *   node test/bench/lookup-stores.ts 5000000    another number
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Asked, type Built, STORES } from './lookup/child.ts';
import { hashOf, recordOf } from './lookup/records.ts';
import { seconds, table, whole } from './table.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-bench-'));
console.log(`Node ${process.version} on ${cpus().length} x ${cpus()[0]?.model}; ${whole(count)} indicators\n`);
try {
  writeRaw();
  const rows = STORES.map(({ name }) => {
    const built: Built = inChild('build', name);
    const asked: Asked = inChild('ask', name);
    return [
      ...[name, seconds(built.build), whole(built.size / 2 ** 20), asked.open.toFixed(1)],
      ...[whole(asked.hits), whole(asked.misses), whole(asked.memory)],
    ];
  });
  console.log(table([['store', 'build s', 'size MB', 'open ms', 'hits/s', 'misses/s', 'memory MB'], ...rows]));
} finally {
  rmSync(folder, { recursive: true });
}

/** The indicators in no order, as the spool of a run holds them. */
function writeRaw(): void {
  const raw = new DatabaseSync(join(folder, 'raw'));
  raw.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
    CREATE TABLE raw (value TEXT NOT NULL, hash INTEGER NOT NULL, document TEXT NOT NULL)`);
  const insert = raw.prepare('INSERT INTO raw VALUES (?, ?, ?)');
  for (let number = 0; number < count; number++) {
    const { value, document } = recordOf(number);
    insert.run(value, hashOf(value), document);
  }
  raw.exec('COMMIT');
  raw.close();
}

function inChild(action: string, name: string) {
  const child = join(import.meta.dirname, 'lookup', 'child.ts');
  return JSON.parse(execFileSync(process.execPath, [child, action, name, folder, String(count)], { encoding: 'utf8' }));
}

import { randomUUID } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import type { PrefixLengths } from '../cover.ts';
import type { Snapshot } from '../known.ts';
import { type IdentityRow, INDEX_FILE, type IndicatorRow, TABLES, VALUE_INDEX } from '../sqlite/index-file.ts';
import { KnownRow } from './known-row.ts';
import { SeenPrefixLengths } from './prefix-lengths.ts';
import { REMARKS, SPOOL_FILE } from './spool.ts';

/** Rows between two turns for signals and sockets. */
const ROWS_A_TURN = 1000;

/** Sorts the spool in a folder by indicator and makes the index of it, beside the spool. Returns the path of the index. */
export async function writeIndex(
  building: string,
  fields: Omit<Snapshot, 'id' | 'indicators'>,
  signal: AbortSignal,
): Promise<{ readonly path: string; readonly snapshot: Snapshot }> {
  const path = join(building, INDEX_FILE);
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536');
    db.prepare('ATTACH ? AS spool').run(join(building, SPOOL_FILE));
    const snapshot = await fill(db, fields, signal);
    // It holds values that may not be shown to everybody on this machine.
    chmodSync(path, 0o600);
    return { path, snapshot };
  } finally {
    db.close();
  }
}

async function fill(
  db: DatabaseSync,
  fields: Omit<Snapshot, 'id' | 'indicators'>,
  signal: AbortSignal,
): Promise<Snapshot> {
  db.exec(`BEGIN; ${TABLES}; INSERT INTO shared SELECT id, document FROM spool.shared`);
  const insert = db.prepare('INSERT INTO indicator VALUES (?, ?, ?, ?, ?, ?)');
  const lengths = new SeenPrefixLengths();
  let indicators = 0;
  for (const { value, kind, direction, port, origins, artefacts } of knownRows(db)) {
    insert.run(value, kind, direction, port, origins, artefacts);
    if (kind === 'cidr') lengths.add(value);
    if (++indicators % ROWS_A_TURN !== 0) continue;
    signal.throwIfAborted();
    await eventLoopTurn();
  }
  db.exec(VALUE_INDEX);
  const { pipeline, built, release } = fields;
  const snapshot: Snapshot = { id: randomUUID(), pipeline, built, release, indicators };
  const prefixLengths: PrefixLengths = lengths.longestFirst();
  db.prepare('INSERT INTO meta VALUES (?)').run(JSON.stringify({ snapshot, prefixLengths }));
  db.exec('COMMIT');
  return snapshot;
}

/** A row of the spool. */
interface RemarkRow extends IdentityRow {
  /** JSON of a Remark. */
  readonly document: string;
}

/** The rows of the index, in the order of their values. */
function* knownRows(db: DatabaseSync): Generator<IndicatorRow> {
  let known: KnownRow | undefined;
  for (const remark of db.prepare(REMARKS).iterate() as unknown as Iterable<RemarkRow>) {
    if (known?.is(remark) !== true) {
      yield* rowOf(known);
      known = new KnownRow(remark);
    }
    known?.add(JSON.parse(remark.document));
  }
  yield* rowOf(known);
}

function rowOf(known: KnownRow | undefined): IndicatorRow[] {
  const row = known?.row();
  return row === undefined ? [] : [row];
}

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { keyHashOf } from '../changes/key-hash.ts';
import type { IndicatorKind } from '../indicator.ts';
import {
  ENTRY_COLUMNS,
  type Entry,
  type EntryRow,
  entryOf,
  type PastEntry,
  type PastRow,
  pastEntryOf,
} from './entry.ts';

const PAST_COLUMNS = `id, since, until, cause, ${ENTRY_COLUMNS}`;

const HASHES = 'key_hash, value_hash';

/** Rows that are read at once; one by one takes twice as long. */
const ROWS = 10_000;

/** A plan is written like a release, but is not live. */
const PLANNED = "(SELECT id FROM release WHERE state = 'planned')";

const LIVE_OR_ENDED_BY_PLAN = `until IS NULL OR until IN ${PLANNED}`;

/** Id, hash of the key, hash of the value, digest, exporters. */
export type LiveRow = [number, number, number, number, number];

/** The entries of all releases. */
export class Entries {
  readonly #db: DatabaseSync;
  #insert: StatementSync | undefined;
  #close: StatementSync | undefined;
  #byId: StatementSync | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** How many rows {@link liveRows} gives. */
  liveCount(): number {
    const row = this.#db.prepare(`SELECT count(*) AS count FROM entry WHERE ${LIVE_OR_ENDED_BY_PLAN}`).get();
    return (row as { count: number }).count;
  }

  /** What is live, and what a plan would end, in numbers, many at once. */
  *liveRows(): Generator<LiveRow[]> {
    const select = this.#db.prepare(
      `SELECT id, ${HASHES}, digest, exporters FROM entry WHERE id > ? AND (${LIVE_OR_ENDED_BY_PLAN})
       ORDER BY id LIMIT ${ROWS}`,
    );
    select.setReturnArrays(true);
    for (let last = 0; ; ) {
      const rows = select.all(last) as unknown as LiveRow[];
      const end = rows.at(-1);
      if (end === undefined) return;
      yield rows;
      last = end[0];
    }
  }

  /** The entry of an id that {@link liveRows} gave. */
  byId(id: number): Entry {
    if (this.#byId === undefined) {
      this.#byId = this.#db.prepare(`SELECT ${ENTRY_COLUMNS} FROM entry WHERE id = ?`);
      this.#byId.setReturnArrays(true);
    }
    return entryOf(this.#byId.get(id) as unknown as EntryRow);
  }

  /** Adds an entry that is live from the release on. */
  add(entry: Entry, since: number): void {
    this.#insert ??= this.#db.prepare(
      `INSERT INTO entry (${ENTRY_COLUMNS}, ${HASHES}, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const { kind, direction, port, value, exporters, digest, events } = entry;
    const hash = keyHashOf(entry);
    const said = [exporters, digest, events.join(), hash.key, hash.value, since];
    this.#insert.run(kind, direction ?? '', port ?? 0, value, ...said);
  }

  /** Ends a live entry with the release. */
  end(id: number, until: number, cause: string | undefined): void {
    this.#close ??= this.#db.prepare('UPDATE entry SET until = ?, cause = ? WHERE id = ?');
    this.#close.run(until, cause ?? null, id);
  }

  /** Makes as if the release, the newest one, had never been. */
  undo(release: number): void {
    this.#db.prepare('DELETE FROM entry WHERE since = ?').run(release);
    this.#db.prepare('UPDATE entry SET until = NULL, cause = NULL WHERE until = ?').run(release);
  }

  /**
   * Makes live, from the release on, exactly what was live in an earlier one in the exporters of the mask. What other exporters
   * carry stays; where both carry a value, what is said of it is what was said then.
   */
  restore(earlier: number, release: number, mask: number): void {
    const wasLive = 'since <= :earlier AND (until IS NULL OR until > :earlier)';
    const then = `sum(iif(${wasLive}, exporters & :mask, 0))`;
    const now = 'sum(iif(until IS NULL, exporters, 0))';
    const said = (column: string) =>
      `iif(${then}, max(iif(${wasLive}, ${column}, NULL)), max(iif(until IS NULL, ${column}, NULL)))`;
    this.#db
      .prepare(
        `CREATE TEMP TABLE restored AS
         SELECT kind, direction, port, value, ${then} | (${now} & ~:mask) AS exporters, ${said('digest')} AS digest,
           ${said('events')} AS events, max(key_hash) AS key_hash, max(value_hash) AS value_hash
         FROM entry WHERE (${wasLive}) OR until IS NULL GROUP BY kind, direction, port, value
         HAVING ${then} | (${now} & ~:mask) <> ${now} OR ${said('digest')} <> max(iif(until IS NULL, digest, NULL))`,
      )
      .run({ earlier, mask });
    this.#db
      .prepare(
        `UPDATE entry SET until = ?, cause = 'rolled-back' WHERE until IS NULL
         AND (kind, direction, port, value) IN (SELECT kind, direction, port, value FROM restored)`,
      )
      .run(release);
    this.#db
      .prepare(
        `INSERT INTO entry (${ENTRY_COLUMNS}, ${HASHES}, since)
         SELECT ${ENTRY_COLUMNS}, ${HASHES}, ? FROM restored WHERE exporters <> 0`,
      )
      .run(release);
    this.#db.exec('DROP TABLE restored');
  }

  /** Forgets what was live in no release from this one on. */
  forgetBefore(release: number): void {
    this.#db.prepare('DELETE FROM entry WHERE until IS NOT NULL AND until <= ?').run(release);
  }

  /** Everything that was live in a release, in the order of kind, direction, port and value by byte. */
  at(release: number): Generator<PastEntry> {
    return this.#past(
      `SELECT ${PAST_COLUMNS} FROM entry WHERE since <= :release AND (until IS NULL OR until > :release)
       ORDER BY kind, direction, port, value`,
      { release },
    );
  }

  /** All times at which a value was live, the first one first. */
  of(kind: IndicatorKind, value: string): PastEntry[] {
    const rows = this.#past(
      `SELECT id, since, iif(until IN ${PLANNED}, NULL, until), iif(until IN ${PLANNED}, NULL, cause), ${ENTRY_COLUMNS}
       FROM entry WHERE kind = :kind AND value = :value AND since NOT IN ${PLANNED} ORDER BY since, direction, port`,
      { kind, value },
    );
    return [...rows];
  }

  /** Why indicators went after one release and up to another, the last time first. */
  causes(after: number, upTo: number): Generator<PastEntry> {
    return this.#past(
      `SELECT ${PAST_COLUMNS} FROM entry WHERE until > :after AND until <= :upTo AND cause IS NOT NULL
       ORDER BY until DESC`,
      { after, upTo },
    );
  }

  *#past(select: string, parameters: Record<string, SQLInputValue>): Generator<PastEntry> {
    const rows = this.#db.prepare(select);
    rows.setReturnArrays(true);
    for (const row of rows.iterate(parameters)) yield pastEntryOf(row as unknown as PastRow);
  }
}

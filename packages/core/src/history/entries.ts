import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Direction, IndicatorKind } from '../indicator.ts';

/** One indicator as it stands, or stood, in the exporters. */
export interface Entry {
  readonly kind: IndicatorKind;
  readonly direction: Direction | undefined;
  readonly port: number | undefined;
  readonly value: string;
  /** Mask of the exporters that carry it. */
  readonly exporters: number;
  /** A number that differs when what is said of the indicator differs; below 2^48. */
  readonly digest: number;
  /** Numbers of the events that vouch for it, a bounded number of them. */
  readonly events: readonly number[];
}

/** An entry with the time that it was live. */
export interface PastEntry extends Entry {
  /** The release that brought it. */
  readonly since: number;
  /** The release that took it away; undefined when it is live. */
  readonly until: number | undefined;
  /** Why it was taken away, where somebody said so. */
  readonly cause: string | undefined;
}

const COLUMNS = 'direction, port, value, exporters, digest, events';

const PAST_COLUMNS = `since, until, cause, ${COLUMNS}`;

type Row = [string, number, string, number, number, string];

type PastRow = [number, number | null, string | null, ...Row];

/** The entries of all releases. */
export class Entries {
  readonly #db: DatabaseSync;
  #insert: StatementSync | undefined;
  #close: StatementSync | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /**
   * What is live of one kind, in the order of direction, port and value by byte. Entries of the release that is being
   * written are left out, so that it can be written meanwhile.
   */
  *live(kind: IndicatorKind, writing: number): Generator<Entry> {
    const rows = this.#db.prepare(
      `SELECT ${COLUMNS} FROM entry WHERE kind = ? AND until IS NULL AND since < ?
       ORDER BY direction, port, value`,
    );
    rows.setReturnArrays(true);
    for (const row of rows.iterate(kind, writing)) yield entryOf(kind, row as unknown as Row);
  }

  /** The values of everything that is live; the same one may come more than once. */
  *liveValues(): Generator<string> {
    const rows = this.#db.prepare('SELECT value FROM entry WHERE until IS NULL');
    rows.setReturnArrays(true);
    for (const [value] of rows.iterate() as unknown as Iterable<[string]>) yield value;
  }

  /** Adds an entry that is live from the release on. */
  add(entry: Entry, since: number): void {
    this.#insert ??= this.#db.prepare(
      `INSERT OR REPLACE INTO entry (kind, ${COLUMNS}, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const { kind, value, exporters, digest, events } = entry;
    this.#insert.run(kind, entry.direction ?? '', entry.port ?? 0, value, exporters, digest, events.join(), since);
  }

  /** Ends a live entry with the release. */
  end(entry: Entry, until: number, cause: string | undefined): void {
    this.#close ??= this.#db.prepare(
      `UPDATE entry SET until = ?, cause = ?
       WHERE kind = ? AND direction = ? AND port = ? AND value = ? AND until IS NULL AND since < ?`,
    );
    const { kind, direction, port, value } = entry;
    this.#close.run(until, cause ?? null, kind, direction ?? '', port ?? 0, value, until);
  }

  /** Makes as if the release, the newest one, had never been. */
  undo(release: number): void {
    this.#db.prepare('DELETE FROM entry WHERE since = ?').run(release);
    this.#db.prepare('UPDATE entry SET until = NULL, cause = NULL WHERE until = ?').run(release);
  }

  /** Makes live, from the release on, exactly what was live in an earlier one. */
  restore(earlier: number, release: number): void {
    const wasLive = '(old.since <= :earlier AND (old.until IS NULL OR old.until > :earlier))';
    this.#db
      .prepare(`UPDATE entry AS old SET until = :release, cause = 'rolled-back' WHERE until IS NULL AND NOT ${wasLive}`)
      .run({ earlier, release });
    this.#db
      .prepare(
        `INSERT INTO entry (kind, ${COLUMNS}, since)
         SELECT kind, ${COLUMNS}, :release FROM entry AS old WHERE ${wasLive} AND old.until IS NOT NULL AND old.until <> :release`,
      )
      .run({ earlier, release });
  }

  /** Forgets what had ended before the release. */
  forgetBefore(release: number): void {
    this.#db.prepare('DELETE FROM entry WHERE until IS NOT NULL AND until <= ?').run(release);
  }

  /** Everything that was live in a release, in the order of kind, direction, port and value by byte. */
  *at(release: number): Generator<PastEntry> {
    const rows = this.#db.prepare(
      `SELECT kind, ${PAST_COLUMNS} FROM entry WHERE since <= :release AND (until IS NULL OR until > :release)
       ORDER BY kind, direction, port, value`,
    );
    rows.setReturnArrays(true);
    for (const [kind, ...row] of rows.iterate({ release }) as unknown as Iterable<[IndicatorKind, ...PastRow]>)
      yield pastEntryOf(kind, row);
  }

  /** All times at which a value was live, the first one first. */
  of(kind: IndicatorKind, value: string): PastEntry[] {
    const rows = this.#db.prepare(
      `SELECT ${PAST_COLUMNS} FROM entry WHERE kind = ? AND value = ? ORDER BY since, direction, port`,
    );
    rows.setReturnArrays(true);
    return (rows.all(kind, value) as unknown as PastRow[]).map((row) => pastEntryOf(kind, row));
  }
}

function entryOf(kind: IndicatorKind, [direction, port, value, exporters, digest, events]: Row): Entry {
  return {
    kind,
    direction: direction === '' ? undefined : (direction as Direction),
    port: port === 0 ? undefined : port,
    value,
    exporters,
    digest,
    events: events === '' ? [] : events.split(',').map(Number),
  };
}

function pastEntryOf(kind: IndicatorKind, [since, until, cause, ...row]: PastRow): PastEntry {
  return { ...entryOf(kind, row), since, until: until ?? undefined, cause: cause ?? undefined };
}

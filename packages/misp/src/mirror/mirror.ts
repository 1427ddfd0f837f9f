import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { writeAhead } from '@misp-pipeline/core';
import type { Fields } from '../fields.ts';
import { KNOWN_EVENTS, type KnownEvent, knownEvent } from './known-event.ts';
import type { MirroredRow } from './mirrored-row.ts';
import { LAYOUT, SCRATCH, TABLES } from './tables.ts';
import { type Withdrawal, Withdrawals, type WithdrawnAttribute } from './withdrawals.ts';

/** Much of what a server shows is not for everybody on this machine. */
const OWNER_ONLY = 0o600;

/** Milliseconds to wait for another process that looks at the mirror; with a write-ahead log that is hardly ever needed. */
const PATIENCE = 10_000;

/** Rows that are read at once; one by one takes twice as long. */
const ROWS = 5000;

/** The last complete full sweep. */
export interface Sweep {
  /** Unix seconds. */
  readonly swept: number;
  /** What was asked for, and of whom: a mirror of another view of the server is no use. */
  readonly view: string;
}

/**
 * The attributes that a server vouched for, with their events, in one SQLite file. All changes of one sync are a single
 * transaction: whatever ends it early leaves the mirror as it was.
 */
export class Mirror {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #withdrawals: Withdrawals;
  #lastContext: string | undefined;

  /** Opens the file, or makes it. */
  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, 'a', OWNER_ONLY));
    this.#database = new DatabaseSync(path, { timeout: PATIENCE });
    try {
      writeAhead(this.#database, PATIENCE);
      this.#database.exec('PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;');
      if (!this.#hasLayout()) this.#makeTables();
      this.#database.exec(SCRATCH);
    } catch (error) {
      // Closed late, it would take away the log of a mirror that is made anew under its name.
      this.close();
      throw error;
    }
    this.#withdrawals = new Withdrawals(this.#database);
  }

  #hasLayout(): boolean {
    return this.#get('PRAGMA user_version')?.user_version === LAYOUT;
  }

  /** Another process may be about to do the same. */
  #makeTables(): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      if (this.#hasLayout()) return;
      for (const table of ['attribute', 'event', 'sync']) this.#database.exec(`DROP TABLE IF EXISTS ${table}`);
      this.#database.exec(TABLES);
    } finally {
      this.#database.exec('COMMIT');
    }
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  begin(): void {
    this.#database.exec('BEGIN IMMEDIATE');
    this.#lastContext = undefined;
    this.forgetWalked();
    this.#withdrawals.forget();
  }

  commit(): void {
    this.#database.exec('COMMIT');
  }

  rollback(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
  }

  /** Undefined when no sweep was ever completed. */
  get sweep(): Sweep | undefined {
    const row = this.#get('SELECT swept, view FROM sync');
    return row === undefined ? undefined : { swept: Number(row.swept), view: String(row.view) };
  }

  set sweep({ swept, view }: Sweep) {
    this.#run('DELETE FROM sync');
    this.#run('INSERT INTO sync (swept, synced, view) VALUES (?1, ?1, ?2)', swept, view);
  }

  /** When the server last said all that it had to say, in Unix seconds; undefined when no sweep was ever completed. */
  get synced(): number | undefined {
    const row = this.#get('SELECT synced FROM sync');
    return row === undefined ? undefined : Number(row.synced);
  }

  set synced(time: number) {
    this.#run('UPDATE sync SET synced = ?', time);
  }

  clear(): void {
    this.#database.exec('DELETE FROM sync; DELETE FROM attribute; DELETE FROM event');
  }

  events(): Map<number, KnownEvent> {
    const events = new Map<number, KnownEvent>();
    for (const row of this.#all(KNOWN_EVENTS)) events.set(Number(row.id), knownEvent(row));
    return events;
  }

  setEvent({
    id,
    timestamp,
    published,
    unpublishedSince,
  }: Omit<KnownEvent, 'uuid' | 'publishedAt' | 'wasPublished'>): void {
    this.#run(
      `INSERT INTO event (id, timestamp, published, unpublished_since) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE
       SET timestamp = ?2, published = ?3, unpublished_since = ?4`,
      id,
      timestamp ?? null,
      published ? 1 : 0,
      unpublishedSince ?? null,
    );
  }

  forgetWalked(): void {
    this.#database.exec('DELETE FROM walked');
  }

  /** Adds an attribute or changes it, and remembers that it was seen. What stays the same is not written. */
  put({ id, event, context, fields }: MirroredRow): void {
    this.#putContext(event, context);
    this.#run(
      `INSERT INTO attribute (id, event, fields) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET event = ?2, fields = ?3
       WHERE fields <> ?3 OR event <> ?2`,
      id,
      event,
      fields,
    );
    this.#run('INSERT OR IGNORE INTO walked (id) VALUES (?)', id);
  }

  #putContext(event: number, context: string): void {
    if (context === this.#lastContext) return;
    this.#lastContext = context;
    this.#run(
      `INSERT INTO event (id, context) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET context = ?2
       WHERE context IS NOT ?2`,
      event,
      context,
    );
  }

  /** An attribute as attributes/restSearch answers it, with its `Event`. */
  row(id: number): Fields | undefined {
    const row = this.#get(
      'SELECT fields, context FROM attribute JOIN event ON event.id = event WHERE attribute.id = ?',
      id,
    );
    return row && { ...JSON.parse(String(row.fields)), Event: JSON.parse(String(row.context)) };
  }

  /** Events of which attributes were not seen. */
  unwalkedEvents(): readonly number[] {
    const rows = this.#all('SELECT DISTINCT event FROM attribute WHERE id NOT IN (SELECT id FROM walked)');
    return [...rows].map(({ event }) => Number(event));
  }

  hasUnwalked(event: number): boolean {
    const sql = 'SELECT 1 FROM attribute WHERE event = ? AND id NOT IN (SELECT id FROM walked) LIMIT 1';
    return this.#get(sql, event) !== undefined;
  }

  /** Removes the attributes of an event that were not seen. Returns how many. */
  removeUnwalked(event: number, why: Withdrawal): number {
    return this.#withdrawals.remove(why, 'event = ? AND attribute.id NOT IN (SELECT id FROM walked)', event);
  }

  /** Removes all attributes that were not seen, except those of some events. Returns how many. */
  removeAllUnwalked(except: Iterable<number>, why: Withdrawal): number {
    this.#run('DELETE FROM spared');
    for (const event of except) this.#run('INSERT INTO spared (event) VALUES (?)', event);
    return this.#withdrawals.remove(
      why,
      'attribute.id NOT IN (SELECT id FROM walked) AND event NOT IN (SELECT event FROM spared)',
    );
  }

  /** Removes an event with its attributes. Returns how many those were. */
  removeEvent(event: number, why: Withdrawal): number {
    const removed = this.removeAttributes(event, why);
    this.#run('DELETE FROM event WHERE id = ?', event);
    return removed;
  }

  removeAttributes(event: number, why: Withdrawal): number {
    return this.#withdrawals.remove(why, 'event = ?', event);
  }

  /** What was removed, or got another value, since {@link Mirror.begin}. */
  withdrawn(): Iterable<WithdrawnAttribute> {
    return this.#withdrawals.all();
  }

  /** Forgets the events of which nothing is mirrored. */
  removeEmptyEvents(): void {
    this.#run('DELETE FROM event WHERE id NOT IN (SELECT event FROM attribute)');
  }

  hasAttributes(event: number): boolean {
    return this.#get('SELECT 1 FROM attribute WHERE event = ? LIMIT 1', event) !== undefined;
  }

  countOf(event: number): number {
    return Number(this.#get('SELECT count(*) AS n FROM attribute WHERE event = ?', event)?.n);
  }

  /** All attributes by their numbers, as attributes/restSearch answers them: with `Event`, one object for each event. */
  *rows(): Generator<unknown> {
    const select = this.#prepared(`SELECT id, event, fields FROM attribute WHERE id > ? ORDER BY id LIMIT ${ROWS}`);
    select.setReturnArrays(true);
    // A run beside a replay may change the mirror in the meantime.
    this.#database.exec('SAVEPOINT reading');
    try {
      const contexts = this.#contexts();
      for (let last = 0; ; ) {
        const rows = select.all(last) as unknown as [number, number, string][];
        for (const [id, event, fields] of rows) {
          const attribute = JSON.parse(fields);
          attribute.event_id = String(event);
          attribute.Event = contexts.get(event);
          yield attribute;
          last = id;
        }
        if (rows.length < ROWS) return;
      }
    } finally {
      if (this.#database.isOpen) this.#database.exec('RELEASE reading');
    }
  }

  #contexts(): ReadonlyMap<number, unknown> {
    const contexts = new Map<number, unknown>();
    for (const { id, context } of this.#all('SELECT id, context FROM event WHERE context IS NOT NULL')) {
      contexts.set(Number(id), JSON.parse(String(context)));
    }
    return contexts;
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #run(sql: string, ...values: readonly (number | string | null)[]): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  #get(sql: string, ...values: readonly (number | string)[]) {
    return this.#prepared(sql).get(...values);
  }

  #all(sql: string) {
    return this.#prepared(sql).iterate();
  }
}

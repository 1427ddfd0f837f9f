import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipelineError } from '@misp-pipeline/core';
import { isRecord } from '@misp-pipeline/misp';
import type { Position } from '../stream/position.ts';
import { HOUR, type Sighting } from './sighting.ts';
import { STATE, TABLES } from './tables.ts';
import type { Tally } from './tally.ts';

/** How alerts were taken in. */
export interface Intake {
  /** Alerts that count for a sighting that is still to be posted. */
  readonly counted: number;
  /** Alerts of an hour that had been posted. */
  readonly late: number;
  /** Sightings that were begun. */
  readonly begun: number;
}

/** A sighting that was perhaps sent. */
export interface Uncertain extends Sighting {
  /** When it was, in Unix seconds. */
  readonly sent: number;
}

export interface OutboxOptions {
  /** Whether alerts of an hour that was posted make a further sighting of it; they are left out otherwise. */
  readonly late: boolean;
  /** Undo everything at the end. */
  readonly dryRun: boolean;
}

/**
 * The sightings of a state folder, and how far each stream of alerts was read, in one file: what was read and what was
 * counted change in one transaction, so that whatever ends the program loses no alert and counts none twice. One program
 * at a time has it.
 */
export class Outbox {
  readonly #db: DatabaseSync;
  readonly #options: OutboxOptions;
  /** Random text of this file, made once. */
  readonly salt: string;

  constructor(stateDir: string, options: OutboxOptions) {
    const file = join(stateDir, 'sightings.sqlite');
    this.#options = options;
    this.#db = new DatabaseSync(options.dryRun && !existsSync(file) ? ':memory:' : file);
    try {
      this.#db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; BEGIN EXCLUSIVE');
      this.#db.exec(TABLES);
      this.salt = this.#makeSalt();
      if (!options.dryRun) this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.close();
      if (isBusy(error)) throw pipelineError('LOCK_HELD', { state: stateDir, holder: 'another `sightings`' }, error);
      throw error;
    }
  }

  /** Where a stream was read to; undefined when it is new. */
  positionOf(stream: string): Position | undefined {
    const row = this.#db.prepare('SELECT position FROM positions WHERE stream = ?').get(stream);
    return typeof row?.position === 'string' ? (JSON.parse(row.position) as Position) : undefined;
  }

  /** Takes in what was counted up to a position of a stream, all or nothing. */
  add(tally: Tally, stream: string, position: Position | undefined): Intake {
    return this.#atOnce(() => {
      let late = 0;
      let counted = 0;
      let begun = 0;
      for (const { count, ...sighting } of tally.sightings()) {
        const part = this.#openPart(sighting);
        if (part === undefined) late += count;
        else {
          counted += count;
          if (this.#count({ ...sighting, count, part })) begun++;
        }
      }
      if (position !== undefined) this.#keepPosition(stream, position);
      return { counted, late, begun };
    });
  }

  /** The part of a slot that may still grow; undefined when there may be none. */
  #openPart({ server, attribute, hour }: Omit<Sighting, 'part' | 'count'>): number | undefined {
    const row = this.#db
      .prepare(
        'SELECT part, state FROM sightings WHERE server = ? AND attribute = ? AND hour = ? ORDER BY part DESC LIMIT 1',
      )
      .get(server, attribute, hour);
    if (row === undefined) return hour <= this.#forgottenHour() ? undefined : 0;
    if (row.state === STATE.waiting) return Number(row.part);
    return this.#options.late ? Number(row.part) + 1 : undefined;
  }

  /** Whether this begins the sighting. */
  #count({ server, attribute, hour, part, count, last }: Sighting): boolean {
    const row = this.#db
      .prepare(
        `INSERT INTO sightings (server, attribute, hour, part, count, last) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET count = count + excluded.count, last = max(last, excluded.last) RETURNING count`,
      )
      .get(server, attribute, hour, part, count, last);
    return row?.count === count;
  }

  #keepPosition(stream: string, position: Position): void {
    this.#db.prepare('INSERT OR REPLACE INTO positions VALUES (?, ?)').run(stream, JSON.stringify(position));
  }

  /** Sightings of a server that wait and whose hour began before a time, the oldest first. */
  due(server: string, before: number, limit: number): readonly Sighting[] {
    return this.#db
      .prepare(
        `SELECT * FROM sightings WHERE state = ${STATE.waiting} AND hour < ? AND server = ?
          ORDER BY hour, attribute, part LIMIT ?`,
      )
      .all(before, server, limit)
      .map((row) => row as unknown as Sighting);
  }

  /** Sightings of a server of which nobody knows whether it has them. */
  uncertain(server: string): readonly Uncertain[] {
    return this.#db
      .prepare(`SELECT * FROM sightings WHERE state = ${STATE.sending} AND server = ?`)
      .all(server)
      .map((row) => row as unknown as Uncertain);
  }

  /** Notes, before it is sent, that a sighting is about to be. On the disk when this returns. */
  sending(sighting: Sighting, now: number): void {
    this.#move(sighting, STATE.sending, now, null);
  }

  /** Notes that the server does not have a sighting. */
  waits(sighting: Sighting): void {
    this.#move(sighting, STATE.waiting, null, null);
  }

  posted(sighting: Sighting, now: number): void {
    this.#move(sighting, STATE.posted, now, null);
  }

  refused(sighting: Sighting, now: number, reason: string): void {
    this.#move(sighting, STATE.refused, now, reason);
  }

  #move({ server, attribute, hour, part }: Sighting, state: number, sent: number | null, note: string | null): void {
    this.#db
      .prepare(
        'UPDATE sightings SET state = ?, sent = ?, note = ? WHERE server = ? AND attribute = ? AND hour = ? AND part = ?',
      )
      .run(state, sent, note, server, attribute, hour, part);
  }

  /** Sightings that are neither posted nor refused. */
  get waiting(): number {
    return Number(this.#db.prepare('SELECT count(*) AS n FROM sightings WHERE state < 2').get()?.n);
  }

  /**
   * Forgets what was done before a time, in Unix seconds. From then on alerts of those hours that are new count as late,
   * so that none is posted again.
   */
  forget(before: number): void {
    this.#atOnce(() => {
      const old = this.#db.prepare('SELECT max(hour) AS hour FROM sightings WHERE state >= 2 AND sent < ?').get(before);
      if (!isRecord(old) || old.hour === null) return;
      const hour = Math.max(Number(old.hour), this.#forgottenHour());
      this.#db.prepare('INSERT OR REPLACE INTO facts VALUES (?, ?)').run('forgotten', String(hour));
      this.#db.prepare('DELETE FROM sightings WHERE state >= 2 AND sent < ?').run(before);
    });
  }

  #forgottenHour(): number {
    const row = this.#db.prepare("SELECT value FROM facts WHERE name = 'forgotten'").get();
    return row === undefined ? -HOUR : Number(row.value);
  }

  #makeSalt(): string {
    this.#db.prepare("INSERT OR IGNORE INTO facts VALUES ('salt', ?)").run(randomBytes(16).toString('hex'));
    return String(this.#db.prepare("SELECT value FROM facts WHERE name = 'salt'").get()?.value);
  }

  #atOnce<T>(change: () => T): T {
    this.#db.exec('SAVEPOINT change');
    try {
      const result = change();
      this.#db.exec('RELEASE change');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK TO change; RELEASE change');
      throw error;
    }
  }

  close(): void {
    if (this.#options.dryRun) this.#db.exec('ROLLBACK');
    this.#db.close();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /database is locked/.test(error.message);
}

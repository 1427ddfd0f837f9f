import type { DatabaseSync } from 'node:sqlite';
import { isRecord } from '@misp-pipeline/misp';
import type { Position } from '../stream/position.ts';
import { HOUR, type Sighting } from './sighting.ts';
import { StateFile } from './state-file.ts';
import { STATE } from './tables.ts';
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
  readonly #file: StateFile;
  readonly #options: OutboxOptions;

  constructor(stateDir: string, options: OutboxOptions) {
    this.#options = options;
    this.#file = new StateFile(stateDir, options.dryRun);
  }

  /** Random text of this outbox, made once. */
  get salt(): string {
    return this.#file.salt;
  }

  /** Where a stream was read to; undefined when it is new. */
  positionOf(stream: string): Position | undefined {
    return this.#file.positionOf(stream);
  }

  /** Takes in what was counted up to a position of a stream, all or nothing. */
  add(tally: Tally, stream: string, position: Position | undefined): Intake {
    return this.#file.atOnce(() => {
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
      if (position !== undefined) this.#file.keepPosition(stream, position);
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
    if (row === undefined) return hour <= this.#file.forgottenHour ? undefined : 0;
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

  /** Sightings of a server that wait and whose hour had ended at a time, in Unix seconds, the oldest first. */
  due(server: string, ended: number, limit: number): readonly Sighting[] {
    return this.#db
      .prepare(
        `SELECT * FROM sightings WHERE state = ${STATE.waiting} AND hour <= ? AND server = ?
          ORDER BY hour, attribute, part LIMIT ?`,
      )
      .all(ended - HOUR, server, limit)
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
    this.#file.atOnce(() => {
      const old = this.#db.prepare('SELECT max(hour) AS hour FROM sightings WHERE state >= 2 AND sent < ?').get(before);
      if (!isRecord(old) || old.hour === null) return;
      const hour = Math.max(Number(old.hour), this.#file.forgottenHour);
      this.#file.keepForgottenHour(hour);
      this.#db.prepare('DELETE FROM sightings WHERE state >= 2 AND sent < ?').run(before);
    });
  }

  get #db(): DatabaseSync {
    return this.#file.db;
  }

  close(): void {
    this.#file.close();
  }
}

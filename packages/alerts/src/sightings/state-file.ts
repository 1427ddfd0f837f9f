import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type HeldFile, holdFile, pipelineError } from '@misp-pipeline/core';
import type { Position } from '../stream/position.ts';
import { HOUR } from './sighting.ts';
import { TABLES } from './tables.ts';

/** `sightings.sqlite` of a state folder, which one program at a time has. Throws LOCK_HELD. */
export class StateFile {
  readonly db: DatabaseSync;
  /** Random text of this file, made once. */
  readonly salt: string;
  /** Undefined in a dry run that begins with nothing, which leaves nothing behind. */
  readonly #held: HeldFile | undefined;
  readonly #isDryRun: boolean;

  /** In a dry run everything is undone at the end. */
  constructor(stateDir: string, isDryRun: boolean) {
    const file = join(stateDir, 'sightings.sqlite');
    const isInMemory = isDryRun && !existsSync(file);
    this.#held = isInMemory ? undefined : hold(stateDir);
    this.#isDryRun = isDryRun;
    this.db = new DatabaseSync(isInMemory ? ':memory:' : file);
    this.db.exec('PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
    this.db.exec(TABLES);
    this.salt = this.#makeSalt();
    if (!isDryRun) this.db.exec('COMMIT');
  }

  /** Makes a change, all or nothing. */
  atOnce<T>(change: () => T): T {
    this.db.exec('SAVEPOINT change');
    try {
      const result = change();
      this.db.exec('RELEASE change');
      return result;
    } catch (error) {
      this.db.exec('ROLLBACK TO change; RELEASE change');
      throw error;
    }
  }

  /** Where a stream was read to; undefined when it is new. */
  positionOf(stream: string): Position | undefined {
    const row = this.db.prepare('SELECT position FROM positions WHERE stream = ?').get(stream);
    return typeof row?.position === 'string' ? (JSON.parse(row.position) as Position) : undefined;
  }

  keepPosition(stream: string, position: Position): void {
    this.db.prepare('INSERT OR REPLACE INTO positions VALUES (?, ?)').run(stream, JSON.stringify(position));
  }

  /** The last hour of which it is no more known what was posted, in Unix seconds. */
  get forgottenHour(): number {
    const row = this.db.prepare("SELECT value FROM facts WHERE name = 'forgotten'").get();
    return row === undefined ? -HOUR : Number(row.value);
  }

  keepForgottenHour(hour: number): void {
    this.db.prepare('INSERT OR REPLACE INTO facts VALUES (?, ?)').run('forgotten', String(hour));
  }

  #makeSalt(): string {
    this.db.prepare("INSERT OR IGNORE INTO facts VALUES ('salt', ?)").run(randomBytes(16).toString('hex'));
    return String(this.db.prepare("SELECT value FROM facts WHERE name = 'salt'").get()?.value);
  }

  close(): void {
    if (this.#isDryRun) this.db.exec('ROLLBACK');
    this.db.close();
    this.#held?.release();
  }
}

function hold(stateDir: string): HeldFile {
  const held = holdFile(join(stateDir, 'sightings.lock.sqlite'));
  if (held === undefined) throw pipelineError('LOCK_HELD', { state: stateDir, holder: 'another `sightings`' });
  return held;
}

import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type HeldFile, holdFile, pipelineError } from '@misp-pipeline/core';
import type { Position } from '../stream/position.ts';

/** How far a stream was annotated into a file: what stands before `output` was made of what stands before `input`. */
export interface Mark {
  /** Name of the stream. */
  readonly stream: string;
  /** Undefined for the beginning, and for a stream that cannot be read again. */
  readonly input: Position | undefined;
  readonly output: Position;
}

/** The mark of one output file, kept in the state folder. One program at a time has it; others get LOCK_HELD. */
export class Progress {
  readonly #held: HeldFile;
  readonly #db: DatabaseSync;

  constructor(stateDir: string, output: string) {
    const path = resolve(output);
    const name = createHash('sha256').update(path).digest('hex').slice(0, 16);
    mkdirSync(stateDir, { recursive: true });
    const held = holdFile(join(stateDir, `annotate-${name}.lock.sqlite`));
    if (held === undefined)
      throw pipelineError('LOCK_HELD', { state: stateDir, holder: `another \`annotate\` into \`${path}\`` });
    this.#held = held;
    this.#db = new DatabaseSync(join(stateDir, `annotate-${name}.sqlite`));
    this.#db.exec(`PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS mark (id INTEGER PRIMARY KEY CHECK (id = 1), mark TEXT NOT NULL)`);
  }

  /** Undefined when there is none yet. */
  get mark(): Mark | undefined {
    const row = this.#db.prepare('SELECT mark FROM mark').get();
    return typeof row?.mark === 'string' ? (JSON.parse(row.mark) as Mark) : undefined;
  }

  /** On the disk when this returns. */
  keep(mark: Mark): void {
    this.#db.prepare('INSERT OR REPLACE INTO mark VALUES (1, ?)').run(JSON.stringify(mark));
  }

  close(): void {
    this.#db.close();
    this.#held.release();
  }
}

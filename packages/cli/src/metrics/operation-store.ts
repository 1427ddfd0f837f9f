import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { NO_RUNS, type OperationState, parseState } from './operation-state.ts';

/** How long another process may take to write, in milliseconds. */
const PATIENCE = 5000;

/**
 * Keeps the {@link OperationState} in the state folder. A database rather than a plain file, because a `run` by hand and a
 * daemon may change it at the same time, and neither may lose what the other counted. It is open for moments only.
 */
export class OperationStore {
  readonly #stateDir: string;

  constructor(stateDir: string) {
    this.#stateDir = stateDir;
  }

  read(): OperationState {
    return this.#withDatabase(readDocument);
  }

  /** Replaces the state by what `change` makes of it, while nobody else can write. */
  update(change: (state: OperationState) => OperationState): OperationState {
    return this.#withDatabase((db) => {
      db.exec('BEGIN IMMEDIATE');
      const next = change(readDocument(db));
      db.prepare('INSERT OR REPLACE INTO operation (id, document) VALUES (1, ?)').run(JSON.stringify(next));
      db.exec('COMMIT');
      return next;
    });
  }

  #withDatabase<T>(action: (db: DatabaseSync) => T): T {
    mkdirSync(this.#stateDir, { recursive: true, mode: 0o700 });
    const db = new DatabaseSync(join(this.#stateDir, 'operation.sqlite'), { timeout: PATIENCE });
    try {
      db.exec('CREATE TABLE IF NOT EXISTS operation (id INTEGER PRIMARY KEY CHECK (id = 1), document TEXT NOT NULL)');
      return action(db);
    } finally {
      db.close();
    }
  }
}

function readDocument(db: DatabaseSync): OperationState {
  const document = db.prepare('SELECT document FROM operation').get()?.document;
  return (typeof document === 'string' ? parseState(document) : undefined) ?? NO_RUNS;
}

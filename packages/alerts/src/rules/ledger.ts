import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Milliseconds to wait for a run that saves its numbers. */
const PATIENCE = 10_000;

/** The numbers that a pipeline gave to rules, for reading. */
export class Ledger {
  readonly #db: DatabaseSync;
  readonly #exporters: readonly string[];
  readonly #byId: StatementSync;

  private constructor(file: string, exporters: readonly string[]) {
    this.#db = new DatabaseSync(file, { readOnly: true, timeout: PATIENCE });
    this.#exporters = exporters;
    this.#byId = this.#db.prepare('SELECT key FROM ids WHERE stage = ? AND id = ?');
  }

  /** Opens the ledger of a state folder for exporters of a config, by id; undefined when no run has given a number yet. */
  static open(stateDir: string, exporters: readonly string[]): Ledger | undefined {
    const file = join(stateDir, 'ids.sqlite');
    return existsSync(file) ? new Ledger(file, exporters) : undefined;
  }

  /** The key that has a number, in the book of the first exporter that gave it. */
  find(id: number): { readonly exporter: string; readonly key: string } | undefined {
    for (const exporter of this.#exporters) {
      const key = this.#byId.get(`exporter-${exporter}`, id)?.key; // A run names stages by their kind, too.
      if (typeof key === 'string') return { exporter, key };
    }
    return undefined;
  }

  close(): void {
    this.#db.close();
  }
}
